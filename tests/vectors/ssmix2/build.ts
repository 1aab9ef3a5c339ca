import Encoding from "encoding-japanese";
import type { FileIdentity } from "../../../src/hub/record/record.ts";

/** The plainly synthetic person of the fixtures. */
export const pid = "0000012345";
export const facility = "1310000001";

export const identity = (type: string, over: Partial<FileIdentity> = {}): FileIdentity => {
  const day = ["ADT-00", "ADT-01", "ADT-61", "PPR-01"].includes(type) ? "-" : "20260701";
  const file = {
    facility,
    pid,
    day,
    type,
    orderNo: "000000000000777",
    stamp: "20260701103000000",
    department: "01",
    flag: "1",
    name: "",
    ...over,
  } as const;
  return { ...file, name: `${file.pid}_${file.day}_${file.type}_${file.orderNo}_${file.stamp}_${file.department}_${file.flag}` };
};

export const msh = (type: string) =>
  `MSH|^~\\&|HIS|SEND|GW|RCV|20260701103000.123||${type}|20260701000001|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO`;

export const pidSegment = `PID|0001||${pid}^^^^PI||灯台^花子^^^^^L^I~トウダイ^ハナコ^^^^^L^P||19480305|F|||^^^^999-0001^JPN^H^架空県見本市試験町１－２－３||^PRN^PH^^^^^^^^^099-000-0001`;
export const pv1Out = "PV1|0001|O|01^^^^^C||||110^見本^一郎^^^^^^^L^^^^^I|||01";
export const pv1In = "PV1|0001|I|3E^302^1^^^N||||110^見本^一郎^^^^^^^L^^^^^I|||01";
export const orc = (over: { control?: string; orderNo?: string; group?: string } = {}) =>
  `ORC|${over.control ?? "NW"}|${over.orderNo ?? "000000000000777"}||${over.group ?? "000000000000777_01_001"}|||||20260701102500|058^入力^者^^^^^^^L^^^^^I||110^見本^一郎^^^^^^^L^^^^^I|||||01^内科^99XY1||||架空病院||||||||O^外来患者オーダ^HL70482`;

/** ISO-2022-JP as hospitals write it: 7-bit, back in ASCII at each delimiter. */
export function toJis(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { from: "UNICODE", to: "JIS" }));
}

export const inCharset = (text: string, to: "SJIS" | "EUCJP" | "UTF8"): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { from: "UNICODE", to }));

/** Segments as one file: CR after each, and FS, as the guideline's samples end. */
export const bytesOf = (lines: readonly string[], end = "\r\u001c"): Uint8Array<ArrayBuffer> => toJis(lines.join("\r") + end);

/** Text pieces and raw bytes joined, for what no encoder would write. */
export function joined(...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...toJis(part)] : [...part])));
}
