/** How a consent file may write each word: the code itself, Japanese, or English as the console writes it. Compared after NFKC, without case and spaces. */
import type { ConsentBasis, ConsentKind, ConsentStatement, ConsentValue, ProtectedId } from "../../shared/protocol/consent.ts";

type Words<T extends string> = Readonly<Record<T, readonly string[]>>;

export const columnWords: Words<keyof ConsentStatement> = {
  facility: ["施設コード", "医療機関コード", "施設", "facilitycode"],
  pid: ["患者番号", "患者ID", "patientid", "patientnumber"],
  kind: ["種別", "項目", "about"],
  target: ["対象", "of"],
  value: ["内容", "同意内容", "says"],
  from: ["発効日", "適用日", "日付", "date", "effective", "effectivedate"],
  basis: ["根拠", "同意の根拠"],
  by: ["記録者", "受付者", "recordedby"],
  note: ["備考", "メモ", "remarks"],
};

/** Columns of an export that an import passes over: they are the hub's own. */
export const passedOver: readonly string[] = [
  "番号",
  "記録日時",
  "登録者",
  "登録単位",
  "取り消した登録",
  "seq",
  "at",
  "entered",
  "batch",
  "undoes",
];

export const kindWords: Words<ConsentKind> = {
  participation: ["参加", "ネットワーク参加"],
  emergency: ["緊急閲覧", "救急閲覧", "emergencyviewing"],
  facility: ["施設範囲", "公開施設", "scope"],
  category: ["保護区分", "保護対象", "protected", "protectedcategory"],
};

export const valueWords: Words<ConsentValue> = {
  participating: ["参加する", "同意", "同意する", "参加"],
  declined: ["参加しない", "不同意", "同意しない", "不参加"],
  withdrawn: ["撤回", "同意撤回", "撤回する"],
  allowed: ["可", "許可", "閲覧可", "認める"],
  optedOut: ["不可", "拒否", "閲覧不可", "オプトアウト", "optout"],
  shown: ["公開", "公開する", "表示", "show"],
  hidden: ["非公開", "公開しない", "非表示", "hide"],
  open: ["保護しない", "開示", "通常表示"],
  protected: ["保護", "保護する", "protect"],
  withheld: ["載せない", "提供しない", "除外", "withhold"],
  unstated: ["取消", "取り消し", "記載なし", "規則どおり", "none"],
};

export const basisWords: Words<ConsentBasis> = {
  written: ["書面", "文書", "同意書"],
  oral: ["口頭"],
  notice: ["オプトアウト掲示", "掲示", "公示", "optoutnotice"],
  law: ["法令", "法律", "条例"],
  other: ["その他"],
};

export const categoryWords: Words<ProtectedId> = {
  hiv: ["HIV", "HIV感染症"],
  psychiatric: ["精神", "精神科", "精神疾患"],
  addiction: ["依存症", "依存"],
  sexuallyTransmitted: ["性感染症", "std", "sti"],
  reproductive: ["妊娠・中絶等", "生殖", "生殖医療"],
  violence: ["暴力・虐待", "虐待", "暴力"],
};

/** Every facility that no other entry names. */
export const everyWords: readonly string[] = ["*", "＊", "全施設", "すべて", "all", "every"];

/** In the place of a facility: a rule of the region. */
export const regionWords: readonly string[] = ["地域", "地域全体", "region"];

/** The code that a word stands for, or null. */
export function codeFor<T extends string>(words: Words<T>, written: string): T | null {
  const folded = fold(written);
  for (const [code, others] of Object.entries(words) as [T, readonly string[]][])
    if (fold(code) === folded || others.some((other) => fold(other) === folded)) return code;
  return null;
}

export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_-]/g, "");
}
