import Encoding from "encoding-japanese";

/** Invented masters in the column layouts of the public ones: no number of them stands in any real master. */
const hotHeading =
  "基準番号（ＨＯＴコード）,処方用番号（ＨＯＴ７）,会社識別用番号,調剤用番号,物流用番号,ＪＡＮコード,薬価基準収載医薬品コード,個別医薬品コード," +
  "レセプト電算処理システムコード（１）,レセプト電算処理システムコード（２）,告示名称,販売名,レセプト電算処理システム医薬品名,規格単位,包装形態," +
  "包装単位数,包装単位単位,包装総量数,包装総量単位,区分,製造会社,販売会社,更新区分,更新年月日";

/** One line of 24 columns, quoted as MEDIS writes them. */
export function hotLine(hot: string, yj: string, name: string): string {
  const cells = [
    hot,
    hot.slice(0, 7),
    hot.slice(7, 9),
    hot.slice(9, 11),
    hot.slice(11, 13),
    "",
    yj,
    yj,
    "",
    "",
    name,
    name,
    name,
    "１ｍｇ１錠",
  ];
  return [...cells, "ＰＴＰ", "10", "錠", "100", "錠", "内", "見本製薬", "見本製薬", "0", "20261031"].map((cell) => `"${cell}"`).join(",");
}

export const hotLines = [
  hotLine("9000101010101", "3332001F1024", "ワーファリン錠１ｍｇ"),
  hotLine("9000101010102", "3332001F1024", "ワーファリン錠１ｍｇ"),
  hotLine("9000202010101", "3399008F1017", "クロピドグレル錠２５ｍｇ「見本」"),
  hotLine("9000202020101", "3399008F1025", "クロピドグレル錠２５ｍｇ「架空」"),
  hotLine("9000303010101", "2171022F1010", "アムロジピン錠２．５ｍｇ「見本」"),
  hotLine("9000404010101", "", "薬価未収載見本錠"),
];

export const hotMaster = (lines: readonly string[] = hotLines) => [hotHeading, ...lines].join("\r\n");

/** 病名基本テーブル: no heading. */
export const byomeiMaster = [
  '"0","90000001","見本性糖尿病","ミホンセイトウニョウビョウ","2","X1AB","E149","","","","9000011","見本性糖尿病"',
  '"0","90000002","透析状態見本","トウセキジョウタイミホン","2","X2AB","Z992","","","","9000012","透析状態見本"',
  '"0","90000003","分類のない見本","ブンルイノナイミホン","2","X3AB","","","","","",""',
].join("\r\n");

export const jlacMaster = [
  "臨床検査マスター見本,,,,,,",
  "分析物コード,識別コード,材料コード,測定法コード,結果識別コード,検査項目名称,備考",
  "3H015,0000,023,261,01,カリウム,",
  "3C015,0000,023,271,01,クレアチニン,",
].join("\n");

export const jfagyMaster = [
  '"DISPLAYSEQ","JFAGYCODE","JPTERM","JPKANA","ENTERM","LEVEL","MAINFLAG","GUIDELINE","CXGCATEGORY","RECORDDATE","ENDDATE"',
  '"1","Z9FX00000001","見本, 食品","みほん","Sample food","6","","","1","00000000","99999999"',
  '"2","Z9NX00000001","見本樹脂","みほんじゅし","Sample resin","6","","","1","00000000","99999999"',
].join("\r\n");

export const yjMaster = ["個別医薬品コード,薬品名,一般名", "3332001F1024,ワーファリン錠１ｍｇ,ワルファリンカリウム"].join("\r\n");

export function sjis(text: string): Uint8Array {
  return Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { from: "UNICODE", to: "SJIS", type: "array" }));
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
