import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openStore, type Store, type StorePlace } from "../../../src/hub/store/store.ts";

/** What a store holds, as digests: of each person folder, each sealed person, and of the whole as published. */
export interface Snapshot {
  /** "facility|folder" → files, bytes and the patient's links. */
  readonly folders: ReadonlyMap<string, string>;
  /** Person reference → packs and index row. */
  readonly sealed: ReadonlyMap<string, string>;
  /** Patients with their persons, who is to be sealed, the manifest in force, the bundles on disk. */
  readonly whole: string;
}

/** Opens the store as the hub would, and reads all of it. */
export async function snapshot(place: StorePlace): Promise<Snapshot> {
  const store = await openStore(place);
  try {
    return { folders: await foldersOf(store), sealed: await sealedOf(store), whole: await wholeOf(store) };
  } finally {
    await store.close();
  }
}

/** Person folders and sealed persons that are neither as before nor as after: what a kill must never leave. */
export function halves(found: Snapshot, before: Snapshot, after: Snapshot): string[] {
  const strange = (kind: "folders" | "sealed") => {
    const keys = new Set([...found[kind].keys(), ...before[kind].keys()]);
    return [...keys].filter((key) => found[kind].get(key) !== before[kind].get(key) && found[kind].get(key) !== after[kind].get(key));
  };
  return [...strange("folders"), ...strange("sealed")];
}

/** Names what differs; empty when both hold the same. */
export function differences(found: Snapshot, wanted: Snapshot): string[] {
  const differing = (kind: "folders" | "sealed") =>
    [...new Set([...found[kind].keys(), ...wanted[kind].keys()])].filter((key) => found[kind].get(key) !== wanted[kind].get(key));
  return [...differing("folders"), ...differing("sealed"), ...(found.whole === wanted.whole ? [] : [found.whole])];
}

async function foldersOf({ db }: Store): Promise<Map<string, string>> {
  const files = await db
    .selectFrom("file")
    .leftJoin("content", "content.file", "file.id")
    .selectAll()
    .orderBy("path")
    .orderBy("hash")
    .execute();
  const patients = await db.selectFrom("patient").selectAll().execute();
  const links = new Map(patients.map((row) => [`${row.facility}|${row.pid}`, row.links]));
  const folders = new Map<string, unknown[]>();
  for (const { id: _id, file: _file, root: _root, body, ...row } of files) {
    const key = `${row.facility}|${row.folder}`;
    const list = folders.get(key) ?? [links.get(`${row.facility}|${row.pid}`) ?? ""];
    list.push({ ...row, body: body === null ? null : digest(body) });
    folders.set(key, list);
  }
  return new Map([...folders].map(([key, list]) => [key, digest(JSON.stringify(list))]));
}

async function sealedOf({ db }: Store): Promise<Map<string, string>> {
  const packs = await db.selectFrom("pack").select(["person", "part", "name", "bytes"]).orderBy("person").orderBy("part").execute();
  const rows = await db.selectFrom("index_row").selectAll().orderBy("person").execute();
  const sealed = new Map<string, unknown[]>(rows.map((row) => [row.person, [row.folded, row.row]]));
  for (const { person, bytes, ...pack } of packs) sealed.set(person, [...(sealed.get(person) ?? []), { ...pack, bytes: digest(bytes) }]);
  return new Map([...sealed].map(([person, list]) => [person, digest(JSON.stringify(list))]));
}

async function wholeOf({ db, dataDir }: Store): Promise<string> {
  const patients = await db.selectFrom("patient").selectAll().orderBy("facility").orderBy("pid").execute();
  const persons = await db.selectFrom("person").selectAll().orderBy("ref").execute();
  const published = await db.selectFrom("publication").select(["cohort", "seq", "content"]).orderBy("cohort").orderBy("seq").execute();
  const folder = join(dataDir, "bundles");
  return JSON.stringify({
    patients: digest(JSON.stringify(patients)),
    persons: digest(JSON.stringify(persons.map((row) => [row.ref, row.sealed < row.changed, row.maker]))),
    published,
    bundles: existsSync(folder) ? readdirSync(folder).sort() : [],
  });
}

function digest(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("base64url");
}
