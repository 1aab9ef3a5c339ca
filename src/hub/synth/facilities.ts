import { padded } from "./text.ts";

/** The hospitals of the demo region and their habits: what differs between real vendors is what the hub has to live with. */

export interface Facility {
  /** 10 digits: prefecture 2, kind 1, number 7. */
  readonly code: string;
  readonly name: string;
  readonly telephone: string;
  readonly kind: "hospital" | "clinic";
  readonly address: string;
  /** Local patient number of person `index` (0-based); leading zeros are part of it. */
  readonly pid: (index: number) => string;
  /** MSH-18 and MSH-20 as this vendor writes them. */
  readonly charset: readonly [string, string];
  /** What stands after the last segment: CR FS, CR, or nothing. */
  readonly ending: "\r\x1c" | "\r" | "";
  /** One PPR-01 file per problem, or one with them all. */
  readonly problems: "one-file-each" | "one-file";
  /** Letters and digits in drug names. */
  readonly width: "full" | "half";
  /** Sends OMP-11 for what it dispensed itself. */
  readonly dispenses: boolean;
  /** 1.2h writes symbol~number~branch in IN1-10; the digits of symbol and number may be full width. */
  readonly insuranceWidth: "full" | "half";
  /** System name of YJ codes in RXE-31. */
  readonly yjSystem: "YJ" | "MYAK";
  /** Local code systems of this facility end in this letter. */
  readonly mark: string;
  readonly wards: readonly string[];
}

/**
 * The numbers of the second and third hospital meet: person 13k there and person 11k here carry the same digits. Two people, one number.
 */
export const facilities: readonly Facility[] = [
  {
    code: "1310000001",
    name: "架空中央病院",
    telephone: "000-0000-0001",
    kind: "hospital",
    address: "架空県見本市灯台町１丁目１番",
    pid: (index) => padded(100003 + 7 * index, 10),
    charset: ["~ISO IR87", "ISO 2022-1994"],
    ending: "\r\x1c",
    problems: "one-file-each",
    width: "full",
    dispenses: false,
    insuranceWidth: "half",
    yjSystem: "YJ",
    mark: "A",
    wards: ["3E", "4W", "5N"],
  },
  {
    code: "1310000002",
    name: "見本市立医療センター",
    telephone: "000-0000-0002",
    kind: "hospital",
    address: "架空県見本市灯台町２丁目２番",
    pid: (index) => padded(200001 + 11 * index, 8),
    charset: ["~ISOIR87", "ISO2022-1994"],
    ending: "\r",
    problems: "one-file",
    width: "half",
    dispenses: true,
    insuranceWidth: "full",
    yjSystem: "MYAK",
    mark: "B",
    wards: ["21", "32", "43"],
  },
  {
    code: "1310000003",
    name: "想定記念病院",
    telephone: "000-0000-0003",
    kind: "hospital",
    address: "架空県見本市灯台町３丁目３番",
    pid: (index) => padded(200001 + 13 * index, 8),
    charset: ["~ISO IR87", "ISO2022-1994"],
    ending: "\r\x1c",
    problems: "one-file-each",
    width: "full",
    dispenses: true,
    insuranceWidth: "half",
    yjSystem: "YJ",
    mark: "C",
    wards: ["東2", "東3", "西3"],
  },
  {
    code: "1310000004",
    name: "例示内科クリニック",
    telephone: "000-0000-0004",
    kind: "clinic",
    address: "架空県見本市灯台町４丁目４番",
    pid: (index) => padded(1001 + 3 * index, 6),
    charset: ["~ISO IR87", "ISO 2022-1994"],
    ending: "",
    problems: "one-file-each",
    width: "full",
    dispenses: true,
    insuranceWidth: "half",
    yjSystem: "YJ",
    mark: "D",
    wards: [],
  },
];

export const departments: readonly { readonly code: string; readonly name: string }[] = [
  { code: "01", name: "内科" },
  { code: "02", name: "循環器内科" },
  { code: "03", name: "消化器内科" },
  { code: "04", name: "脳神経内科" },
  { code: "05", name: "外科" },
  { code: "06", name: "整形外科" },
  { code: "07", name: "腎臓内科" },
  { code: "08", name: "精神科" },
  { code: "09", name: "皮膚科" },
  { code: "10", name: "眼科" },
];

/** Staff as messages name them: id, family, given. */
export const doctors: readonly (readonly [string, string, string])[] = [
  ["D001", "診見", "一郎"],
  ["D002", "回診", "花子"],
  ["D003", "当直", "健一"],
  ["D004", "執刀", "直樹"],
  ["D005", "問診", "美咲"],
  ["D006", "往診", "誠"],
];
