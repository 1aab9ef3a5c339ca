/** Words of the console's page on code masters and danger rules; part of console.ts. */
export const tablesJa = {
  lead: "コード表は運用担当者が取り込みます（hub -- master import）。無い種類のコードは「コード未照合」と示し、医療機関の送った名称をそのまま見せます。",
  kinds: {
    hot: "医薬品HOTコードマスター（HOT → YJ）",
    yj: "個別医薬品コード（YJ）",
    jlac10: "臨床検査マスター（JLAC10）",
    byomei: "標準病名マスター（病名 → ICD-10）",
    jfagy: "アレルゲンコード（J-FAGY）",
  },
  missing: "未登録：コードは照合されません",
  date: "コード表の日付",
  taken: "取り込んだ行 / 読んだ行",
  file: "ファイル",
  imported: "取り込み日時",
  rules: "危険情報のルール表",
  version: "版",
  day: "日付",
};

export const tablesEn: typeof tablesJa = {
  lead: "Code masters are brought in by the operator (hub -- master import). Codes of a kind that is missing are marked as not checked, and the names hospitals sent are shown as they are.",
  kinds: {
    hot: "MEDIS HOT (HOT → YJ)",
    yj: "Individual drug codes (YJ)",
    jlac10: "Laboratory tests (JLAC10)",
    byomei: "Standard disease names (→ ICD-10)",
    jfagy: "Allergens (J-FAGY)",
  },
  missing: "Not imported: its codes are not checked",
  date: "Day of the master",
  taken: "Lines taken / read",
  file: "File",
  imported: "Imported at",
  rules: "Danger rule table",
  version: "Version",
  day: "Day",
};
