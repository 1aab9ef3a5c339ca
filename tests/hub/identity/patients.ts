import { statementsOf } from "../../../src/hub/identity/traits.ts";
import type { Insurance, PatientRecord } from "../../../src/hub/record/record.ts";
import { putFacility } from "../../../src/hub/store/facility.ts";
import { putPatients } from "../../../src/hub/store/patient.ts";
import type { Db } from "../../../src/hub/store/tables.ts";

/** Who somebody is, in the words of one message. */
export interface Said {
  readonly family?: string;
  readonly given?: string;
  readonly familyKana?: string;
  readonly givenKana?: string;
  readonly birth?: string;
  readonly sex?: string;
  readonly address?: string;
  readonly postal?: string;
  readonly phone?: string;
  /** insurer:symbol:number:branch; "" for none. */
  readonly card?: string;
}

export const hanako: Required<Said> = {
  family: "灯台",
  given: "花子",
  familyKana: "トウダイ",
  givenKana: "ハナコ",
  birth: "1948-03-05",
  sex: "F",
  address: "架空県見本市灯台町1-2-3",
  postal: "100-0000",
  phone: "03-0000-1234",
  card: "00130012:東12:0034:01",
};

/** The record that a reader makes of such a message. */
export function record(said: Said): PatientRecord {
  const { family, given, familyKana, givenKana, birth, sex, address, postal, phone, card } = { ...hanako, ...said };
  const [insurer = "", symbol = "", number = "", branch = ""] = card.split(":");
  const insurance: Insurance = { kind: "06", insurer, symbol, number, branch, from: null, to: null, relation: "" };
  return {
    kind: "patient",
    date: null,
    segment: "PID[1]",
    names: [
      ...(family + given === "" ? [] : [{ family, given, representation: "ideographic" as const }]),
      ...(familyKana + givenKana === "" ? [] : [{ family: familyKana, given: givenKana, representation: "phonetic" as const }]),
    ],
    birthDate: birth === "" ? null : birth,
    sex,
    addresses: address + postal === "" ? [] : [{ text: address, postal, kind: "home" }],
    telecoms: phone === "" ? [] : [{ number: phone, use: "PRN" }],
    insurances: card === "" ? [] : [insurance],
    contacts: [],
    disabilities: [],
  };
}

/** What a row keeps of these messages. */
export const linksOf = (...messages: readonly Said[]): string => JSON.stringify(statementsOf(messages.map(record)));

/** Patients as ingest would have left them; `id` is "facility/number". */
export async function know(db: Db, patients: Readonly<Record<string, readonly Said[]>>): Promise<void> {
  const rows = Object.entries(patients).map(([id, messages]) => {
    const [facility = "", pid = ""] = id.split("/");
    return { facility, pid, links: linksOf(...messages) };
  });
  for (const code of new Set(rows.map(({ facility }) => facility))) await putFacility(db, { code, name: `病院${code}`, telephone: "" });
  await putPatients(db, rows);
}

/** Who is with whom: groups of "facility/number", sorted. */
export async function personsIn(db: Db): Promise<string[][]> {
  const groups = new Map<string, string[]>();
  for (const { facility, pid, person } of await db.selectFrom("patient").selectAll().orderBy("facility").orderBy("pid").execute())
    groups.set(person ?? "", [...(groups.get(person ?? "") ?? []), `${facility}/${pid}`]);
  return [...groups.values()].sort();
}

export const idOf = (text: string): { facility: string; pid: string } => {
  const [facility = "", pid = ""] = text.split("/");
  return { facility, pid };
};
