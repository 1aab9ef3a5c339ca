/** A drill on the real core: its own vault, keys and chain, opened with a hub that is never reached. */
import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCose } from "../../../src/shared/crypto/cose.ts";
import { generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { defaultLocks, type Policy } from "../../../src/shared/protocol/policy.ts";
import { makeCore } from "../../../src/viewer/app/make-core.ts";
import { type DrillRun, type DrillStart, drillDatabases } from "../../../src/viewer/drill/names.ts";
import { drillPeople } from "../../../src/viewer/drill/people.ts";
import { drillRecord, drillTimes, encodeRecord, signRecord } from "../../../src/viewer/drill/record.ts";
import { dropDrill, seedDrill } from "../../../src/viewer/drill/seed.ts";
import { journalLock } from "../../../src/viewer/journal/append.ts";
import { JournalDb } from "../../../src/viewer/journal/db.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { testRules } from "../../hub/publish/rules.ts";
import { codeFrom } from "../../shared/pack/fixture.ts";
import { fakePasskeys } from "../core/device.ts";

const all = { strip: true, rest: true, protected: true };
const policy: Omit<Policy, "hub" | "seq"> = {
  reasons: [
    { id: "unconscious", ja: "意識がない", en: "Unconscious", phase: 1, purpose: "ETREAT" },
    { id: "treat", ja: "診療に必要", en: "Needed for care", phase: 2, purpose: "ETREAT" },
  ],
  grantMinutes: 60,
  protected: "masked",
  roles: { physician: all },
  locks: defaultLocks,
};
const start: DrillStart = {
  siteName: "灯台病院 救急外来",
  deviceName: "タブレット1",
  staff: { id: "dr1", name: "灯台 医子", kana: "トウダイ イコ", role: "physician" },
  disaster: true,
};
const { version, date, bytes } = testRules;
const rules = { index: { version, date, name: Uint8Array.from(createHash("sha256").update(bytes).digest()), bytes: bytes.length }, bytes };
let asked = 0;

const device = () =>
  makeCore({
    fetch: () => {
      asked++;
      return Promise.reject(new TypeError("a drill has no hub"));
    },
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    origin: "https://drill.invalid",
    randomBytes,
    passkeys: fakePasskeys(),
    exclusive: journalLock(undefined),
    databases: drillDatabases,
    every: () => () => undefined,
    silenceMs: 1_000,
    askPersistence: async () => true,
    isPersisted: async () => true,
  });
const seed = (change: Partial<DrillStart> = {}) =>
  seedDrill({ ...start, ...change }, { now: Date.now(), policy, rules, passkeys: fakePasskeys() });

beforeEach(() => {
  asked = 0;
});
afterEach(dropDrill);

describe("a drill", () => {
  it("walks the real flow with no hub: unlock, search, strip, identity, rest", async () => {
    const from = Date.now();
    const passphrase = await seed();
    const core = await device();
    expect(core.members().map(({ name }) => name)).toEqual(["灯台 医子"]);
    expect(await codeFrom(core.unlock("dr1", { kind: "passphrase", passphrase: "another six words of no use" }))).toBe("unlock-wrong");
    await core.unlock("dr1", { kind: "passphrase", passphrase });
    // Who has most to show: the first of the file.
    const family = (await drillPeople())[0]?.parts.strip.identity.kana?.family ?? "";
    const [hit] = core.search(family);
    if (!hit) throw new Error("nobody was found");
    const strip = await core.breakGlass(hit, "unconscious");
    const opened = await core.openStrip(strip);
    expect(opened.strip.items.length).toBeGreaterThan(3);
    expect(opened.identity.kanji?.family).toMatch(/^訓練 /);
    await core.confirmIdentity(strip, ["name", "birthDate"]);
    const rest = await core.breakRest(strip, "treat", "");
    expect((await core.openRest(rest)).summary.sections.medicines.items.length).toBeGreaterThan(0);
    await core.lock();
    expect(asked).toBe(0);

    const run: DrillRun = { ...start, from, passphrase, chain: "real", seq: 7 };
    const record = await drillRecord(run, Date.now());
    expect(record.steps.map(({ kind }) => kind)).toEqual([
      "unlock-failed",
      "unlock",
      "open-strip",
      "confirm",
      "open-rest",
      "grant-end",
      "lock",
    ]);
    const times = drillTimes(record);
    expect(times.unlock).toBeLessThanOrEqual(times.strip ?? 0);
    expect(times.rescue).toBeNull();
    // Whom the drill opened stands nowhere in what is kept of it.
    const pair = await generateSigningPair(false);
    const signed = await signRecord(record, "dr1", pair.privateKey);
    expect(await openCose("tomoshibi/drill-record/1", signed, () => pair.publicKey)).toEqual(encodeRecord(record));
    for (const { ref, row } of await drillPeople())
      expect(new TextDecoder().decode(signed)).not.toMatch(new RegExp(`${ref}|${(row.n as string[])[1]}`));
  });

  it("opens the rescue roster under its own disaster, and not without one", async () => {
    const passphrase = await seed();
    const core = await device();
    await core.unlock("dr1", { kind: "passphrase", passphrase });
    expect(core.disaster()?.words).toContain("訓練");
    const lines = await core.openRescue();
    expect(lines.length).toBe(core.rescueCount());
    expect(new Set(lines.flatMap(({ reasons }) => reasons.map(({ need }) => need)))).toEqual(
      new Set(["homeOxygen", "dialysis", "insulin"]),
    );
    await core.lock();

    const other = await seed({ disaster: false });
    const calm = await device();
    await calm.unlock("dr1", { kind: "passphrase", passphrase: other });
    expect(calm.disaster()).toBeNull();
    expect(await codeFrom(calm.openRescue())).toBe("disaster-not-declared");
    await calm.lock();
  });

  it("never shares a key or a chain with the one before, and leaves nothing behind", async () => {
    const keysOf = async () => {
      const vault = new VaultDb(drillDatabases.vault);
      const rows = [...(await vault.signed.where("what").notEqual("rules").toArray()), ...(await vault.wrapped.toArray())].map(
        ({ bytes }) => String(bytes),
      );
      const row = await vault.device.get("device");
      vault.close();
      return [...rows, String(row?.device), String(row?.openPublic)];
    };
    const first = await seed();
    const before = await keysOf();
    const second = await seed();
    const after = await keysOf();
    expect(first).not.toBe(second);
    expect(after.filter((each) => before.includes(each))).toEqual([]);
    await dropDrill();
    const [vault, journal] = [new VaultDb(drillDatabases.vault), new JournalDb(drillDatabases.journal)];
    expect([await vault.packs.count(), await vault.device.count(), await vault.slots.count(), await journal.entries.count()]).toEqual([
      0, 0, 0, 0,
    ]);
    vault.close();
    journal.close();
  });

  it("shows eight people who are plainly of a drill, and who can be opened by this program", async () => {
    const people = await drillPeople();
    expect(people).toHaveLength(8);
    for (const { row, parts } of people) {
      expect((row.k as string[])[0]).toMatch(/^訓練 /);
      expect(parts.rest.summary.identity.kanji?.family).toMatch(/^訓練 /);
    }
  });

  it("is refused for a role that the policy does not know", async () => {
    const step = seed({ staff: { ...start.staff, role: "janitor" } });
    await expect(step).rejects.toBeInstanceOf(TomoshibiError);
  });
});
