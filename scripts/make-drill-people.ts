/**
 * Writes src/viewer/drill/people.json: the synthetic people of the drill, as the hub's own pipeline summarizes them. Run it again when the
 * Summary changes (`npx tsx scripts/make-drill-people.ts`); tests/viewer/drill holds that what is committed can still be opened.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { setFacility } from "../src/hub/flow/facility.ts";
import { ingest } from "../src/hub/flow/ingest.ts";
import { unwatched } from "../src/hub/flow/phase.ts";
import { publish } from "../src/hub/flow/publish.ts";
import { summarizePersons } from "../src/hub/flow/summary.ts";
import { setConsentDefault } from "../src/hub/people/consentRecord.ts";
import { openStore } from "../src/hub/store/store.ts";
import { region, writeRegion } from "../src/hub/synth/index.ts";
import { fromUtf8 } from "../src/shared/bytes.ts";
import { encodePart } from "../src/shared/summary/encode.ts";

const PEOPLE = 8;
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-drill-"));
const now = Date.UTC(2026, 10, 1, 3);
const clock = { now: () => now, monotonic: () => performance.now() };
const store = await openStore({ dataDir: join(folder, "data"), databaseUrl: null });
try {
  await setConsentDefault({ db: store.db, clock }, "participating", { from: "2020-01-01", basis: "notice", by: "訓練", note: "" });
  const root = join(folder, "region");
  writeRegion(region(120, "drill"), root);
  const facilities: { code: string; name: string; telephone: string }[] = JSON.parse(readFileSync(join(root, "facilities.json"), "utf8"));
  for (const { code, name, telephone } of facilities) {
    await setFacility(store, { code, name, telephone });
    await ingest(store, { roots: [join(root, code)], facility: code, name }, new Date(now).toISOString(), unwatched);
  }
  await publish(store, clock, unwatched);
  const rows = await store.db.selectFrom("index_row").select(["person", "folded", "row"]).orderBy("folded").execute();
  const looked = await summarizePersons(
    store.db,
    rows.map(({ person }) => person),
    "2026-11-01",
  );
  const found = rows.flatMap(({ person, folded, row }) => {
    const made = looked.of(person);
    return made === null || "withheld" in made ? [] : [{ person, folded, row, parts: made.parts }];
  });
  // Those whose strips say most that is different, so that a drill meets every kind of line.
  const chosen: typeof found = [];
  const seen = new Set<string>();
  while (chosen.length < PEOPLE) {
    const fresh = ({ parts }: (typeof found)[number]) =>
      new Set(parts.strip.strip.items.map(({ danger }) => danger).filter((danger) => !seen.has(danger))).size;
    const next = found.filter((each) => !chosen.includes(each)).sort((a, b) => fresh(b) - fresh(a))[0];
    if (next === undefined) break;
    for (const { danger } of next.parts.strip.strip.items) seen.add(danger);
    chosen.push(next);
  }
  /** Nobody takes them for somebody who is treated: the family name says so, wherever it stands. */
  const marked = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (key, each) =>
      key === "kanji" && each !== null ? { ...each, family: `訓練 ${each.family}` } : each,
    );
  const people = chosen.map(({ person, folded, row, parts }) => ({
    ref: person,
    folded: `${folded}\u0001訓練`,
    row: { ...JSON.parse(row), k: [`訓練 ${JSON.parse(row).k[0]}`, JSON.parse(row).k[1]] },
    parts: {
      strip: JSON.parse(fromUtf8(encodePart(marked(parts.strip)))),
      rest: JSON.parse(fromUtf8(encodePart(marked(parts.rest)))),
      protected: JSON.parse(fromUtf8(encodePart(parts.protected))),
    },
  }));
  const file = resolve(import.meta.dirname, "../src/viewer/drill/people.json");
  // Deflated: the program's files lie in the clear on every device, where a search for what a region's data say must find nothing.
  const deflated = deflateRawSync(JSON.stringify(people), { level: 9 }).toString("base64url");
  writeFileSync(file, `${JSON.stringify({ deflated }, null, 2)}\n`);
  console.log(`${people.length} people, ${seen.size} classes, ${JSON.stringify(people).length} letters`);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
