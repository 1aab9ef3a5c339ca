import type { DecisionItem, PatientItem, PersonItem, QuestionItem, Queue, Search, StatementItem } from "../../shared/protocol/identity.ts";
import { nothingWanted } from "../identity/fit.ts";
import { bestFit } from "../identity/score.ts";
import type { Name, Traits } from "../identity/traits.ts";
import { facilities } from "../store/facility.ts";
import { type DecisionRow, decisions } from "../store/identity.ts";
import { type PatientId, type PatientRow, patientsOf } from "../store/patient.ts";
import type { Db } from "../store/tables.ts";
import { questions } from "./identity-queue.ts";
import { findPersons, traitsIn } from "./identity-search.ts";

/** Questions shown at once; the rest follows as these are answered. */
const SHOWN = 100;

/** The queue as the console shows it: both persons side by side, with all that was decided of them. */
export async function queueView(db: Db): Promise<Queue> {
  const all = await questions(db);
  const shown = all.slice(0, SHOWN);
  const persons = new Map((await personViews(db, [...new Set(shown.flatMap(({ persons }) => persons))])).map((one) => [one.person, one]));
  const rows = await patientsOf(db, [...persons.keys()]);
  const traits = new Map(rows.map((row) => [keyOf(row), traitsIn(row.links)]));
  const items = shown.flatMap(({ a, b, persons: [left, right], causes, score }): QuestionItem[] => {
    const [one, other] = [persons.get(left), persons.get(right)];
    const fit = bestFit(traits.get(keyOf(a)) ?? [], traits.get(keyOf(b)) ?? []);
    if (one === undefined || other === undefined) return [];
    const both = [fitting(one, a, fit?.a ?? 0), fitting(other, b, fit?.b ?? 0)] as const;
    return [{ a, b, persons: both, causes, score, agreement: fit?.score.agreement ?? {} }];
  });
  return { total: all.length, items };
}

/** The statement that was compared stands first under its number, so that what is seen is what was compared. */
function fitting(person: PersonItem, id: PatientId, at: number): PersonItem {
  const first = (one: PatientItem): PatientItem => {
    const said = one.statements[at];
    return keyOf(one) !== keyOf(id) || said === undefined
      ? one
      : { ...one, statements: [said, ...one.statements.filter((_, i) => i !== at)] };
  };
  return { ...person, patients: person.patients.map(first) };
}

function keyOf({ facility, pid }: PatientId): string {
  return `${facility}|${pid}`;
}

/** Persons by name, birth date or number, best first, at most 50. */
export async function searchView(db: Db, { words, birthDate }: Search): Promise<PersonItem[]> {
  const refs: string[] = [];
  if (words !== "") {
    const numbered = await db.selectFrom("patient").select("person").where("pid", "=", words.normalize("NFKC")).limit(50).execute();
    refs.push(...numbered.flatMap(({ person }) => person ?? []));
  }
  for (const names of asNames(words)) {
    const found = await findPersons(db, { ...nothingWanted, names, birth: birthDate });
    refs.push(...found.flatMap(({ person }) => person ?? []));
  }
  const wanted = [...new Set(refs)].slice(0, 50);
  const views = new Map((await personViews(db, wanted)).map((one) => [one.person, one]));
  return wanted.flatMap((ref) => views.get(ref) ?? []);
}

/** Every decision, the newest first. */
export async function historyView(db: Db): Promise<DecisionItem[]> {
  return decisionItems(await decisions(db)).reverse();
}

/** A single word may be either part of a name. */
function asNames(words: string): Name[][] {
  const parts = words.split(/\s+/).filter((part) => part !== "");
  const [first = "", ...rest] = parts;
  if (first === "") return [[]];
  return rest.length === 0 ? [[[first, ""]], [["", first]]] : [[[first, rest.join("")]]];
}

async function personViews(db: Db, refs: readonly string[]): Promise<PersonItem[]> {
  const names = new Map((await facilities(db)).map(({ code, name }) => [code, name]));
  const history = decisionItems(await decisions(db)).reverse();
  const members = new Map<string, PatientRow[]>(refs.map((ref) => [ref, []]));
  for (const row of await patientsOf(db, refs)) members.get(row.person ?? "")?.push(row);
  return [...members].flatMap(([person, rows]) => {
    if (rows.length === 0) return [];
    const mine = new Set(rows.map(({ facility, pid }) => `${facility}|${pid}`));
    const about = history.filter(({ a, b }) => mine.has(`${a.facility}|${a.pid}`) || mine.has(`${b.facility}|${b.pid}`));
    return [{ person, patients: rows.map((row) => patientItem(row, names)), history: about }];
  });
}

function patientItem({ facility, pid, links }: PatientRow, names: ReadonlyMap<string, string>): PatientItem {
  return { facility, pid, facilityName: names.get(facility) ?? "", statements: traitsIn(links).map(statementItem) };
}

function statementItem({ kanji, kana, birth, sex, addresses, phones }: Traits): StatementItem {
  const whole = (name: Name | null) => (name === null ? "" : name.filter((part) => part !== "").join(" "));
  const [home] = addresses;
  return {
    kanji: whole(kanji),
    kana: whole(kana),
    birthDate: birth,
    sex,
    address: home?.text ?? "",
    postal: home?.postal ?? "",
    phone: phones.join(" "),
  };
}

function decisionItems(rows: readonly DecisionRow[]): DecisionItem[] {
  const undone = new Set(rows.map(({ undoes }) => undoes));
  return rows.map(({ id, kind, a_facility, a_pid, b_facility, b_pid, undoes, who, why, at }) => ({
    id,
    kind,
    a: { facility: a_facility, pid: a_pid },
    b: { facility: b_facility, pid: b_pid },
    undoes,
    undone: undone.has(id),
    who,
    why,
    at,
  }));
}
