import type { Language } from "./index.ts";

interface WarningWords {
  readonly ja: string;
  readonly en: string;
}

/**
 * What was noted when a hospital's record was read in: every code of hub/record/warning.ts, the marks of the summary (shared/summary/marks.ts),
 * which neither words nor the viewer may import. tests/words/warnings.test.ts holds that none is missing.
 */
export const warningWords: Readonly<Record<string, WarningWords>> = {
  "name-unreadable": { ja: "氏名を読み取れない", en: "name unreadable" },
  "charset-undeclared": { ja: "文字コードの宣言が欠けている", en: "character set not declared" },
  "charset-fallback": { ja: "宣言と違う文字コードで読んだ", en: "read in another character set than declared" },
  "undecodable-byte": { ja: "読めない文字がある", en: "contains unreadable characters" },
  "not-hl7": { ja: "HL7の形式でない部分がある", en: "part of it is not HL7" },
  "pid-differs": { ja: "患者番号が保存場所と違う", en: "patient number differs from where it was stored" },
  "path-differs": { ja: "内容が保存場所の名前と違う", en: "content differs from the name it was stored under" },
  "field-shifted": { ja: "項目の位置がずれている疑い", en: "fields may be shifted" },
  "date-malformed": { ja: "日付の形式が正しくない", en: "a date is malformed" },
  "number-malformed": { ja: "数値の形式が正しくない", en: "a number is malformed" },
  "code-unknown": { ja: "知らないコードがある", en: "contains an unknown code" },
  "segment-unknown": { ja: "知らない種類の情報がある", en: "contains an unknown segment" },
  "segment-missing": { ja: "あるはずの情報が欠けている", en: "an expected segment is missing" },
  "type-unknown": { ja: "知らない種類の記録", en: "unknown kind of record" },
  "message-type-differs": { ja: "記録の種類が保存場所と違う", en: "kind of record differs from where it was stored" },
  "two-valid": { ja: "有効な版が二つある", en: "two versions are marked valid" },
  "only-superseded": { ja: "古い版だけが残っている", en: "only a superseded version is left" },
  "too-large": { ja: "大きすぎて一部を読んでいない", en: "too large: not all of it was read" },
  "field-missing": { ja: "あるはずの項目が空", en: "an expected field is empty" },
  "escape-malformed": { ja: "文字の書き方に誤りがある", en: "an escape sequence is malformed" },
  truncated: { ja: "途中で切れている", en: "cut short" },
  "not-dicom": { ja: "DICOMの形式でない", en: "not a DICOM file" },
  "study-differs": { ja: "同じ検査のファイルの間で患者などの記載が違う", en: "files of one study state different things" },
  "code-unchecked": { ja: "コード未照合", en: "code not checked" },
  "code-not-found": { ja: "コード表にないコード", en: "code not in the code master" },
  "codes-differ": { ja: "送られたコードどうしが一致しない", en: "the codes sent disagree" },
  "name-from-master": {
    ja: "名称はコード表による（医療機関は名称を送っていない）",
    en: "name taken from the code master, since only a code was sent",
  },
  uninformed: { ja: "本人に未告知の情報", en: "the patient has not been told" },
  undelivered: { ja: "本人に未提供の情報", en: "not yet given to the patient" },
  "xml-doctype": { ja: "許されない宣言（DOCTYPE）を含む文書", en: "the document declares a DOCTYPE, which is not allowed" },
  "xml-malformed": { ja: "文書（XML）の形式が正しくない", en: "the document is not well-formed XML" },
  "main-refused": { ja: "主文書を読み込めないため添付も使わない", en: "attached to a document that could not be used" },
  "text-cut": { ja: "長いため途中まで。全文はハブにあります", en: "long: cut here, the whole text is at the hub" },
  "none-elsewhere": { ja: "別の情報源は「該当するものが無い」としている", en: "another source says that there is nothing here" },
  refuted: { ja: "調べたうえで否定された記録", en: "examined and found not to be so" },
  restricted: { ja: "医療機関が閲覧制限を付けた項目", en: "marked as restricted by the hospital" },
};

/** In words; a code of a newer hub is shown as it is, since a note that cannot be read is still a note. */
export function warningText(code: string, language: Language): string {
  return warningWords[code]?.[language] ?? code;
}
