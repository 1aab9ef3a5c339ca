/** What the operator's page and command line show of notes. */
import { type NoteFilter, type NoteItem, type NoteList, type NoteView, noteStandings } from "../../shared/protocol/notesConsole.ts";
import { devices } from "../store/device.ts";
import { countNotes, countRefused, findNotes, type NoteRow, refusedNotes } from "../store/note.ts";
import { noteDecisions, noteLinks } from "../store/noteDeeds.ts";
import { sites } from "../store/site.ts";
import { knownNote } from "./decide.ts";
import {
  type AskPerson,
  correctorOf,
  isProven,
  linkOf,
  type OpenedNote,
  openRow,
  openRows,
  type ReadDeps,
  rowsOfPatient,
  standingOf,
  subjectOf,
} from "./read.ts";
import { mayBeTwins, saySame } from "./twins.ts";

export interface ListDeps extends ReadDeps {
  readonly personOf: AskPerson;
}

const PAGE = 100;
const REFUSED = 50;

/** Newest first, a hundred a page. Errors: "not-found" (`samePatient` names no note). */
export async function listNotes(deps: ListDeps, filter: NoteFilter): Promise<NoteList> {
  const rows = await rowsFor(deps, filter);
  const names = await namesIn(deps);
  const shown = rows.slice(0, PAGE);
  const around = patients(deps);
  const items: NoteItem[] = [];
  for (const row of shown) items.push(await itemOf(deps, await openRow(deps, row), await around(row), names));
  const last = shown.at(-1);
  const { states, waiting } = await countNotes(deps.db);
  const counts = noteStandings.map((standing) => [standing, standing === "waiting" ? waiting : (states.get(standing) ?? 0)] as const);
  return {
    counts: { ...(Object.fromEntries(counts) as Record<(typeof noteStandings)[number], number>), refused: await countRefused(deps.db) },
    sites: [...names.sites].map(([id, name]) => ({ id, name })),
    items,
    next: rows.length > PAGE && last !== undefined ? `${last.received}/${last.key}` : "",
    refused: (await refusedNotes(deps.db, REFUSED)).map(({ device, code, received }) => ({
      deviceName: names.devices.get(device) ?? device,
      code,
      received,
    })),
  };
}

async function rowsFor(deps: ListDeps, { standing, site, samePatient, before }: NoteFilter): Promise<readonly NoteRow[]> {
  const fits = (row: NoteRow) => (standing === "" || standingOf(row) === standing) && (site === "" || row.site === site);
  if (samePatient !== "") {
    const rows = await rowsOfPatient(deps, await subjectOf(deps, await knownNote(deps, samePatient)));
    return [...rows].reverse().filter(fits);
  }
  const [, received, key] = /^(\d{1,15})\/(.+)$/.exec(before) ?? [];
  const narrowed = {
    ...(standing === "" ? {} : standing === "waiting" ? { state: "new" as const, proven: false } : { state: standing }),
    ...(standing === "new" ? { proven: true } : {}),
    ...(site === "" ? {} : { site }),
    ...(received === undefined || key === undefined ? {} : { before: { received: Number(received), key } }),
  };
  return await findNotes(deps.db, narrowed, PAGE + 1);
}

/** One note with all that helps to decide on it. Errors: "not-found". */
export async function viewNote(deps: ListDeps, key: string): Promise<NoteView> {
  const opened = await openRow(deps, await knownNote(deps, key));
  const { row } = opened;
  const names = await namesIn(deps);
  const others = await patients(deps)(row);
  const item = await itemOf(deps, opened, others, names);
  const subject = await subjectOf(deps, row);
  const wanted = new Set([...item.twins, item.of, item.correctedBy].filter((each) => each !== ""));
  const beside = others.filter((each) => each.key !== key && (wanted.has(each.key) || (row.corrects !== "" && each.id === row.corrects)));
  const items: NoteItem[] = [];
  for (const each of await openRows(deps, beside)) items.push(await itemOf(deps, each, others, names));
  const links = row.unknown === "" ? [] : await noteLinks(deps.db, row.unknown);
  const named: NoteView["links"][number][] = [];
  for (const { person, who, why, at } of links) named.push({ name: person === "" ? "" : await nameOf(deps, person), who, why, at });
  return {
    item,
    person: "person" in subject ? await deps.personOf(subject.person) : null,
    history: (await noteDecisions(deps.db, key)).map(({ state, of, who, why, at }) => ({ state, of, who, why, at })),
    links: named,
    beside: items,
  };
}

async function itemOf(deps: ListDeps, { row, note }: OpenedNote, others: readonly NoteRow[], names: Names): Promise<NoteItem> {
  const link = row.unknown === "" ? null : await linkOf(deps, row.unknown);
  const near = await openRows(
    deps,
    others.filter((each) => isProven(each) && mayBeTwins(row, each)),
  );
  return {
    key: row.key,
    received: row.received,
    siteName: names.sites.get(row.site) ?? row.site,
    deviceName: names.devices.get(row.device) ?? row.device,
    standing: standingOf(row),
    of: row.of,
    note,
    correctedBy: correctorOf(row, others)?.key ?? "",
    linked: link === null ? null : { ...link, name: await nameOf(deps, link.person) },
    twins: near.filter((each) => saySame(each.note, note)).map((each) => each.row.key),
  };
}

async function nameOf({ personOf }: ListDeps, person: string): Promise<string> {
  return (await personOf(person))?.name ?? "";
}

/** All notes of the patient of a row, asked for once a patient. */
function patients(deps: ListDeps): (row: NoteRow) => Promise<readonly NoteRow[]> {
  const known = new Map<string, Promise<readonly NoteRow[]>>();
  return (row) => {
    const name = `${row.person}/${row.unknown}`;
    const found = known.get(name) ?? subjectOf(deps, row).then((subject) => rowsOfPatient(deps, subject));
    known.set(name, found);
    return found;
  };
}

/** Of every site and device, by its id. */
export interface Names {
  readonly sites: ReadonlyMap<string, string>;
  readonly devices: ReadonlyMap<string, string>;
}

export async function namesIn({ db }: Pick<ListDeps, "db">): Promise<Names> {
  const [all, tablets] = [await sites(db), await devices(db)];
  return { sites: new Map(all.map(({ id, name }) => [id, name])), devices: new Map(tablets.map(({ id, name }) => [id, name])) };
}
