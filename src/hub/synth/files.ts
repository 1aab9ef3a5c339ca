import { admission, outpatientVisit, registration } from "./adt.ts";
import { type Content, contentsOf } from "./contents.ts";
import { type Disease, readDiseases } from "./diseases.ts";
import { type Formulary, makeFormulary } from "./drugs.ts";
import type { Draft } from "./hl7.ts";
import { physiology, radiology } from "./imaging.ts";
import { labFiles } from "./labs.ts";
import { injections, prescription } from "./medicines.ts";
import type { Person } from "./people.ts";
import { silence } from "./plan.ts";
import { problemFiles } from "./problems.ts";
import { random } from "./random.ts";
import { endoscopy, labRequest, meal } from "./requests.ts";
import { movesOf } from "./stays.ts";
import { storyOf } from "./story.ts";
import { padded } from "./text.ts";

/** Folder and name inside a facility's root, and the text before encoding; a document lies in a folder of its own. */
export interface StoredFile {
  readonly folder: readonly [pidHead: string, pidMiddle: string, pid: string, day: string, type: string, content?: string];
  readonly name: string;
  readonly text: string;
  readonly charset: "jis" | "utf-8";
}

export interface Tables {
  readonly formulary: Formulary;
  readonly diseases: readonly Disease[];
}

export function makeTables(): Tables {
  return { formulary: makeFormulary(), diseases: readDiseases() };
}

/** Every file that one facility (the n-th of the person's records) has about a person, in the order it would have written them. */
export function filesOf(seed: string, today: string, person: Person, n: number, tables: Tables): StoredFile[] {
  const record = person.records[n];
  if (record === undefined) throw new RangeError(`person ${person.index} has no record ${n}`);
  const from = random(`${seed}/files/${person.index}/${record.facility.code}`);
  const story = storyOf(seed, today, person, n, tables);
  const { problems, visits, stay, diseases } = story;
  let orders = 0;
  const order = (): string => padded(`${person.index + 1}${padded(++orders, 3)}`, 15);
  const at = { person, record, from, order };
  const drafts: Draft[] = [...registration({ person, record, n, from, today }), ...problemFiles(person, record, problems, from, order)];
  visits.forEach((visit, i) => {
    const newest = i === visits.length - 1;
    drafts.push(outpatientVisit({ person, record, n, from, today }, visit), ...prescription({ ...at, formulary: tables.formulary }, visit));
    const warfarin = visit.drugs.some((drug) => drug.key === "warfarin");
    if (visit.labs) drafts.push(...labFiles({ ...at, diseases, warfarin }, visit.place, visit.day, newest));
    if (visit.images) drafts.push(radiology(at, visit.place, visit.day));
    if (visit.physiology) drafts.push(physiology(at, visit.place, visit.day));
  });
  if (stay !== null) {
    drafts.push(...admission({ person, record, n, from, today }, stay), ...injections({ ...at, formulary: tables.formulary }, stay));
    drafts.push(...labFiles({ ...at, diseases, warfarin: false }, stay.place, stay.from, false));
  }
  // What was added to the generator later has numbers and chance of its own, so that all before it stays as it was.
  let further = 500;
  const later = {
    person,
    record,
    from: random(`${seed}/more/${person.index}/${record.facility.code}`),
    order: (): string => padded(`${person.index + 1}${padded(++further, 3)}`, 15),
  };
  const quiet = silence(person.index);
  const latest = visits.at(-1);
  if (stay !== null) drafts.push(...movesOf({ ...later, today }, stay), meal(later, stay));
  if (latest !== undefined && quiet === "") {
    if (latest.labs) drafts.push(labRequest(later, latest.place, latest.day, 4));
    if (diseases.some((disease) => disease.key === "ulcer" || disease.key === "gerd"))
      drafts.push(...endoscopy(later, latest.place, latest.day, person.index % 2 === 0));
  }
  const contents = quiet === "only-registered" || quiet === "only-visits" ? [] : contentsOf(later, story);
  return [
    ...drafts.map((draft) => stored(draft, record.pid, record.facility.ending)),
    ...contents.map((content) => kept(content, record.pid)),
  ];
}

export function stored(draft: Draft, pid: string, ending: string): StoredFile {
  return {
    folder: [pid.slice(0, 3), pid.slice(3, 6), pid, draft.day, draft.type],
    name: `${pid}_${draft.day}_${draft.type}_${draft.order}_${draft.stamp}_${draft.department}_${draft.flag}`,
    text: draft.segments.join("\r") + ending,
    charset: "jis",
  };
}

export function kept({ day, type, key, stamp, department, file, text, charset }: Content, pid: string): StoredFile {
  const content = `${pid}_${day}_${type}_${key}_${stamp}_${department}_1`;
  return { folder: [pid.slice(0, 3), pid.slice(3, 6), pid, day, type, content], name: file, text, charset };
}
