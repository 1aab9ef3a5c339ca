import type { LocalRecord, Person } from "./people.ts";
import { wide } from "./text.ts";

/** One file of a storage before it is framed. */
export interface Draft {
  /** 診療日, YYYYMMDD or "-". */
  readonly day: string;
  readonly type: string;
  readonly order: string;
  /** 発生日時, 17 digits. */
  readonly stamp: string;
  readonly department: string;
  readonly flag: "0" | "1" | "2";
  readonly segments: readonly string[];
}

/** HL7 order number of everything that has none. */
export const NO_ORDER = "999999999999999";

/** A segment from its fields by number; what is not given is empty, and nothing empty stands at its end. */
export function seg(name: string, fields: Readonly<Record<number, string>>): string {
  let out = name;
  let at = 0;
  for (const [number, value] of Object.entries(fields)) {
    if (value === "") continue;
    out += "|".repeat(Number(number) - at) + value;
    at = Number(number);
  }
  return out;
}

/** Free text with the HL7 delimiters escaped. */
export function esc(text: string): string {
  return text.replace(
    /[\\|^~&]/g,
    (letter) => ({ "\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\" })[letter] ?? letter,
  );
}

const messages: Record<string, string> = {
  "ADT-00": "ADT^A08^ADT_A01",
  "ADT-01": "ADT^A54^ADT_A54",
  "ADT-12": "ADT^A04^ADT_A01",
  "ADT-21": "ADT^A14^ADT_A05",
  "ADT-22": "ADT^A01^ADT_A01",
  "ADT-31": "ADT^A21^ADT_A21",
  "ADT-32": "ADT^A22^ADT_A21",
  "ADT-41": "ADT^A15^ADT_A15",
  "ADT-42": "ADT^A02^ADT_A02",
  "ADT-51": "ADT^A16^ADT_A16",
  "ADT-52": "ADT^A03^ADT_A03",
  "ADT-61": "ADT^A60^ADT_A60",
  "PPR-01": "PPR^ZD1^PPR_ZD1",
  "OMP-01": "RDE^O11^RDE_O11",
  "OMP-11": "RAS^O17^RAS_O17",
  "OMP-02": "RDE^O11^RDE_O11",
  "OMP-12": "RAS^O17^RAS_O17",
  OMD: "OMD^O03^OMD_O03",
  "OML-01": "OML^O33^OML_O33",
  "OML-11": "OUL^R22^OUL_R22",
  "OMG-11": "OMI^Z23^OMI_Z23",
  "OMG-02": "OMG^O19^OMG_O19",
  "OMG-12": "OMI^Z23^OMI_Z23",
  "OMG-13": "ORU^R01^ORU_R01",
  /** Bedside measurements lie in the extended storage. */
  "ORU^R30": "ORU^R30^ORU_R30",
};

export function msh(record: LocalRecord, type: string, stamp: string): string {
  const [set, scheme] = record.facility.charset;
  const header = `MSH|^~\\&|HIS${record.facility.mark}|${record.facility.code}|GW|RCV|${stamp.slice(0, 14)}.${stamp.slice(14)}||${messages[type]}|${stamp}|P|2.5||||||${set}||${scheme}`;
  return `${header}|SS-MIX2_1.20^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO`;
}

export function evn(stamp: string): string {
  return seg("EVN", { 2: stamp.slice(0, 12), 7: "SEND001" });
}

/** PID with address and telephones only where a registration asks for them. */
export function pid(person: Person, record: LocalRecord, full: boolean): string {
  const name = `${record.family}^${record.given}^^^^^L^I~${record.familyKana}^${record.givenKana}^^^^^L^P`;
  const fields: Record<number, string> = { 1: "0001", 3: `${record.pid}^^^^PI`, 5: name, 7: record.birth, 8: person.sex };
  if (full) {
    fields[11] = `^^^^${person.postal}^JPN^H^${person.address}`;
    fields[13] = `^PRN^PH^^^^^^^^^${person.telephone}~^PRN^CP^^^^^^^^^${person.mobile}`;
  }
  return seg("PID", fields);
}

export interface Place {
  readonly department: { readonly code: string; readonly name: string };
  readonly doctor: string;
  readonly ward: string;
}

/** PV1 of an outpatient (class O) or of somebody on a ward (class I). */
export function pv1(place: Place, more: Readonly<Record<number, string>> = {}): string {
  const inside = place.ward !== "";
  return seg("PV1", {
    1: "0001",
    2: inside ? "I" : "O",
    3: inside ? `${place.ward}^^^N` : `${place.department.code}^^^^^C`,
    7: place.doctor,
    10: place.department.code,
    ...more,
  });
}

export function orc(record: LocalRecord, place: Place, order: string, at: string, more: Readonly<Record<number, string>> = {}): string {
  const { facility } = record;
  return seg("ORC", {
    1: "NW",
    2: order,
    ...more,
    9: at.slice(0, 14),
    12: place.doctor,
    17: `${place.department.code}^${place.department.name}^99${facility.mark}05`,
    21: facility.name,
    22: `^^^^999-0000^JPN^^${facility.address}`,
    23: `^^^^^^^^^^^${facility.telephone}`,
    29: place.ward === "" ? "O^外来患者オーダ^HL70482" : "I^入院患者オーダ^HL70482",
  });
}

/** IN1 in the form of guideline 1.2h: IN1-10 = symbol~number~branch; the number stands in IN1-11 too. */
export function in1(record: LocalRecord): string[] {
  const { insurance: own, facility } = record;
  if (own === null) return [];
  const shape = facility.insuranceWidth === "full" ? wide : (text: string) => text;
  return [
    seg("IN1", {
      1: "1",
      2: `${own.kind[0]}^${own.kind[1]}^JHSD0001`,
      3: own.insurer,
      4: own.insurerName,
      10: own.symbol === "" ? "" : `${shape(own.symbol)}~${shape(own.number)}~${shape(own.branch)}`,
      11: shape(own.number),
      12: "20240401",
      17: `${own.relation[0]}^${own.relation[1]}^HL70063`,
    }),
  ];
}
