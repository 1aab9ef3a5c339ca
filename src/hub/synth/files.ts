import { admission, outpatientVisit, registration } from "./adt.ts";
import { type Disease, readDiseases } from "./diseases.ts";
import { type Formulary, makeFormulary } from "./drugs.ts";
import type { Draft } from "./hl7.ts";
import { physiology, radiology } from "./imaging.ts";
import { labFiles } from "./labs.ts";
import { injections, prescription } from "./medicines.ts";
import type { Person } from "./people.ts";
import { problemFiles } from "./problems.ts";
import { random } from "./random.ts";
import { storyOf } from "./story.ts";
import { padded } from "./text.ts";

/** Folder and name inside a facility's root, and the text before encoding. */
export interface StoredFile {
  readonly folder: readonly [pidHead: string, pidMiddle: string, pid: string, day: string, type: string];
  readonly name: string;
  readonly text: string;
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
  const { problems, visits, stay, diseases } = storyOf(seed, today, person, n, tables);
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
  return drafts.map((draft) => stored(draft, record.pid, record.facility.ending));
}

function stored(draft: Draft, pid: string, ending: string): StoredFile {
  return {
    folder: [pid.slice(0, 3), pid.slice(3, 6), pid, draft.day, draft.type],
    name: `${pid}_${draft.day}_${draft.type}_${draft.order}_${draft.stamp}_${draft.department}_${draft.flag}`,
    text: draft.segments.join("\r") + ending,
  };
}
