/** Words of the rule table, fetched with it: few ever open it. */
export const rulesJa = {
  "rules.intro": "この表の全体です。ハブが署名した公開物の一部で、この端末で照合しました。",
  "rules.counts": "YJコード {{codes}}規則 ・ 薬の名称 {{names}}成分 ・ 病名 {{diagnoses}}規則 ・ 項目 {{sections}}規則",
  "rules.all": "ルール表をすべて見る",
  "rules.loading": "ルール表を照合しています",
  "rules.allergy": "医療機関の記載をそのまま出します（規則はありません）。",
  "rules.codes": "YJコードの先頭",
  "rules.except": "{{list}} を除く",
  "rules.external": "外用を含む",
  "rules.names": "名称がこれで始まる薬",
  "rules.forms": "局所製剤のうち {{list}} を含む",
  "rules.icd10": "ICD-10 の先頭",
  "rules.words": "病名の語",
  "rules.evenEnded": "終了した病名を含む",
  "rules.sections": "医療機関がそのまま示した項目",
  "rules.anyState": "すべて",
  "rules.ordinary": "どの分類でもないと分かっている名称（{{count}}）",
} as const;
export type RuleWords = Readonly<Record<keyof typeof rulesJa, string>>;
