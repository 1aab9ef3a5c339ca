/** A hub with one tablet and one member, and what its operator does with notes. */
import { type DecideDeps, decideNote, linkUnknown } from "../../../src/hub/notes/decide.ts";
import { type ListDeps, listNotes, viewNote } from "../../../src/hub/notes/list.ts";
import { personOf } from "../../../src/hub/review/person.ts";
import { noteKey } from "../../../src/hub/store/note.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import type { Note } from "../../../src/shared/note/note.ts";
import type { NoteDecision, NoteFilter, NoteList } from "../../../src/shared/protocol/notesConsole.ts";
import { enrolled, registered, type TestDevice, type TestMember } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { writeHome } from "./writing.ts";

export interface Ward {
  readonly region: TestRegion;
  readonly device: TestDevice;
  readonly member: TestMember;
  readonly deps: ListDeps & DecideDeps;
}

export async function wardOn(store: Store): Promise<Ward> {
  const region = await testRegion(store);
  const device = await enrolled(region);
  const asked = { db: store.db, whoIs: async () => null };
  const deps = {
    ...region.deps,
    personOf: async (person: string) => {
      const found = await personOf(asked, person);
      return found === null ? null : { person, ...found };
    },
  };
  return { region, device, member: await registered(device), deps };
}

export const keyOf = (device: TestDevice, { id }: Pick<Note, "id">): string => noteKey(toBase64Url(device.id), id);

/** Writes a note home; gives its key. */
export async function home(ward: Ward, change: Partial<Note> = {}, device = ward.device, member = ward.member): Promise<string> {
  ward.region.clock.time += 60_000;
  return keyOf(device, await writeHome(device, member, change));
}

export const all: NoteFilter = { standing: "", site: "", samePatient: "", before: "" };
export const listed = async ({ deps }: Ward, filter: Partial<NoteFilter> = {}): Promise<NoteList> =>
  await listNotes(deps, { ...all, ...filter });
export const keysOf = ({ items }: NoteList): readonly string[] => items.map(({ key }) => key);

export async function decide({ deps }: Ward, key: string, change: Partial<NoteDecision>, who = "事務 花子"): Promise<void> {
  const { history } = await viewNote(deps, key);
  await decideNote(deps, { key, state: "accepted", of: "", why: "", seen: history.length, ...change }, who);
}

export async function link(ward: Ward, key: string, person: string, who = "事務 花子"): Promise<void> {
  const { links } = await viewNote(ward.deps, key);
  await linkUnknown(ward.deps, { key, person, why: "家族が確認", seen: links.length }, who);
}
