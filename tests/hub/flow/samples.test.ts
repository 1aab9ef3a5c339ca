import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import { testStores } from "../store/open.ts";

const samples = "../shared/samples/ssmix2";
const stores = testStores();
const clock = { now: () => Date.UTC(2026, 0, 1), monotonic: () => 0 };

describe("public sample storages, as they are", () => {
  test("every file is accounted for, the broken ones with a reason, and each person has a summary", async () => {
    if (!existsSync(samples)) return console.info(`no samples at ${samples}: not tried`);
    const store = await stores.open("sqlite");
    const now = new Date(clock.now()).toISOString();
    const nho = await ingest(store, { roots: [`${samples}/nho-sampleData`], facility: "1310000001", name: "見本病院" }, now, unwatched);
    const made = await ingest(store, { roots: [`${samples}/synthetic-storage`], facility: "1310000002", name: "試験病院" }, now, unwatched);
    expect(nho).toMatchObject({ files: 22, unchanged: 0, deleted: 1, people: 1 });
    expect(nho.accepted + nho.quarantined + nho.superseded + nho.deleted).toBe(22);
    expect(made).toMatchObject({ files: 27, accepted: 24, quarantined: 0, superseded: 1, deleted: 2, people: 3 });
    const broken = await store.db.selectFrom("file").select(["path", "reason", "warnings"]).where("state", "=", "quarantined").execute();
    expect(broken).toHaveLength(nho.quarantined);
    for (const file of broken) {
      expect(["pid-differs", "path-differs"]).toContain(file.reason);
      expect(file.warnings).toBeGreaterThan(0);
    }
    expect(await publish(store, clock, unwatched)).toMatchObject({ people: 4 });
    const patients = await store.db.selectFrom("patient").selectAll().execute();
    const dangers = new Map<string, string[]>();
    for (const { facility, pid } of patients) {
      const { summary, parts } = await summaryOfPatient(store.db, facility, pid);
      expect(summary.identity.kanji).not.toBeNull();
      for (const item of parts.strip.strip.items) dangers.set(item.danger, [...(dangers.get(item.danger) ?? []), item.text]);
    }
    expect(dangers.get("anticoagulant")?.join()).toContain("ワルファリン");
    expect(dangers.get("antiplatelet")?.join()).toContain("クロピドグレル");
  });
});
