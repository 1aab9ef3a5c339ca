import { describe, expect, test } from "vitest";
import { type Check, checks, type Level, levels, linesOf, overallOf } from "../../../src/shared/protocol/readiness.ts";
import type { Facts } from "../../../src/viewer/readiness/facts.ts";
import { readiness } from "../../../src/viewer/readiness/lines.ts";
import { readinessEn } from "../../../src/words/readiness-en.ts";
import { readinessJa } from "../../../src/words/readiness-ja.ts";
import { readyFacts } from "../app/fake-readiness.ts";

const hour = 3_600_000;
const day = 24 * hour;
const { now } = readyFacts;
const lineOf = (check: Check, change: Partial<Facts>) => {
  const found = readiness({ ...readyFacts, ...change }).find((line) => line.check === check);
  if (!found) throw new Error(`no line ${check}`);
  return found;
};
const shell = readyFacts.program;
const keys = { own: "ok", members: 4, rotation: null } as const;
const lease = (normal: number, end = 30 * day) => ({ normalUntil: now + normal, disasterUntil: now + end });
const files = (missing: number, rotten: number) => ({ files: { wanted: 1000, missing, checked: 64, rotten } });
const storage = (used: number, left: number) => ({ storage: { used, quota: used + left } });

/** Every threshold from both sides, and every way of not knowing. */
const table: readonly (readonly [Check, string, Partial<Facts>, Level])[] = [
  ["program", "stored", {}, "green"],
  ["program", "a new version waits", { program: { ...shell, waits: true } }, "amber"],
  ["program", "not stored", { program: { ...shell, stored: false } }, "red"],
  ["program", "not stored, and a new version waits", { program: { ...shell, stored: false, waits: true } }, "red"],
  ["program", "not told", { program: { ...shell, stored: null } }, "unknown"],
  ["packs", "all here", {}, "green"],
  ["packs", "one rotten", files(0, 1), "amber"],
  ["packs", "one in a hundred missing", files(10, 0), "amber"],
  ["packs", "more than one in a hundred missing", files(11, 0), "red"],
  ["packs", "missing and rotten together", files(6, 5), "red"],
  ["packs", "not counted", { files: null }, "unknown"],
  ["packs", "nothing pulled", { asOf: null, files: null }, "red"],
  ["trial", "opened lately", {}, "green"],
  ["trial", "seven days ago", { trial: { at: now - 7 * day, opened: 6 } }, "green"],
  ["trial", "longer ago", { trial: { at: now - 7 * day - 1, opened: 6 } }, "amber"],
  ["trial", "did not open", { trial: { at: now, opened: 0 } }, "red"],
  ["trial", "never tried", { trial: null }, "unknown"],
  ["trial", "nothing to try", { trial: null, asOf: null }, "unknown"],
  ["rules", "here", {}, "green"],
  ["rules", "gone", { rules: false }, "red"],
  ["age", "a day", { asOf: now - day }, "green"],
  ["age", "over a day", { asOf: now - day - 1 }, "amber"],
  ["age", "three days", { asOf: now - 3 * day }, "amber"],
  ["age", "over three days", { asOf: now - 3 * day - 1 }, "red"],
  ["age", "never", { asOf: null }, "red"],
  ["age", "a clock that is ahead", { clock: "ahead" }, "unknown"],
  ["age", "a clock that is behind", { clock: "behind" }, "unknown"],
  ["lease", "long", {}, "green"],
  ["lease", "three days left", { lease: lease(3 * day) }, "amber"],
  ["lease", "more than three days left", { lease: lease(3 * day + 1) }, "green"],
  ["lease", "extended", { lease: lease(-hour), leaseState: "extended" }, "amber"],
  ["lease", "doubtful", { lease: lease(-hour, -1), leaseState: "doubtful" }, "red"],
  ["lease", "over", { lease: lease(-hour, -1), leaseState: "over" }, "red"],
  ["lease", "absent", { lease: null, leaseState: "none" }, "red"],
  ["sync", "heard", {}, "green"],
  ["sync", "a day ago", { lastContact: now - day }, "green"],
  ["sync", "longer ago", { lastContact: now - day - 1 }, "amber"],
  ["sync", "not reached now, but today", { syncError: "hub-unreachable" }, "green"],
  ["sync", "slow now, and long ago", { syncError: "hub-slow", lastContact: now - 2 * day }, "amber"],
  ["sync", "a full disk", { syncError: "storage-full" }, "red"],
  ["sync", "never", { lastContact: null }, "unknown"],
  ["keys", "two ways, tried", {}, "green"],
  ["keys", "one way", { keys: { ...keys, own: "one-way" } }, "amber"],
  ["keys", "not tried", { keys: { ...keys, own: "unproven" } }, "amber"],
  ["keys", "one member", { keys: { ...keys, members: 1 } }, "amber"],
  ["keys", "a rotation that failed", { keys: { ...keys, rotation: "storage-full" } }, "amber"],
  ["keys", "nobody's own", { keys: null }, "unknown"],
  ["storage", "kept", {}, "green"],
  ["storage", "kept, in a tab", { installed: false }, "green"],
  ["storage", "may go, installed", { persisted: false }, "amber"],
  ["storage", "may go, in a tab", { persisted: false, installed: false }, "red"],
  ["storage", "may go, and who knows whether installed", { persisted: false, installed: null }, "red"],
  ["storage", "not told", { persisted: null }, "unknown"],
  ["quota", "half a gigabyte left", storage(1_000_000, 500_000_000), "green"],
  ["quota", "a little less", storage(1_000_000, 499_999_999), "amber"],
  ["quota", "less than what is used", storage(900_000_000, 899_999_999), "amber"],
  ["quota", "fifty megabytes", storage(1_000_000, 50_000_000), "amber"],
  ["quota", "less", storage(1_000_000, 49_999_999), "red"],
  ["quota", "not told", { storage: null }, "unknown"],
  ["installed", "yes", {}, "green"],
  ["installed", "a tab", { installed: false }, "amber"],
  ["installed", "not told", { installed: null }, "unknown"],
  ["clock", "right", {}, "green"],
  ["clock", "ahead", { clock: "ahead" }, "amber"],
  ["clock", "behind", { clock: "behind" }, "amber"],
  ["clock", "never compared", { clock: "unknown" }, "unknown"],
  ["outbox", "empty", { lastContact: null }, "green"],
  ["outbox", "some, heard today", { outbox: 3, lastContact: now - day }, "green"],
  ["outbox", "some, for over a day", { outbox: 3, lastContact: now - day - 1 }, "amber"],
  ["outbox", "some, never heard", { outbox: 3, lastContact: null }, "amber"],
  ["proof", "proven", {}, "green"],
  ["proof", "never proven", { proof: { at: null, evidence: 0 } }, "unknown"],
  ["proof", "a log that did not fit", { proof: { at: now, evidence: 1 } }, "red"],
  ["camera", "allowed", {}, "green"],
  ["camera", "not asked", { camera: "ask" }, "unknown"],
  ["camera", "not told", { camera: null }, "unknown"],
  ["camera", "refused", { camera: "refused" }, "amber"],
  ["camera", "absent", { camera: "absent" }, "amber"],
  ["battery", "charging, nearly empty", { battery: { level: 0.05, charging: true } }, "green"],
  ["battery", "half", { battery: { level: 0.5, charging: false } }, "green"],
  ["battery", "less", { battery: { level: 0.49, charging: false } }, "amber"],
  ["battery", "a fifth", { battery: { level: 0.2, charging: false } }, "amber"],
  ["battery", "less than a fifth", { battery: { level: 0.19, charging: false } }, "red"],
  ["battery", "not told", { battery: null }, "unknown"],
];

describe("every threshold", () => {
  test.each(table)("%s: %s", (check, _case, change, level) => {
    expect(lineOf(check, change).level).toBe(level);
  });

  test("stands in the table from every level of every check that has it", () => {
    for (const check of checks) expect([check, table.some(([each]) => each === check)]).toEqual([check, true]);
    expect(new Set(table.map(([, , , level]) => level))).toEqual(new Set(levels));
  });
});

test("what is not green says what to do, but for what nobody can do anything about", () => {
  const quiet = ["packs.unknown", "trial.nothing", "keys.unknown", "quota.unknown", "battery.unknown", "program.unknown", "age.doubtful"];
  const mute = table.map(([check, , change]) => lineOf(check, change)).filter(({ level, todo }) => level !== "green" && todo === undefined);
  expect([...new Set(mute.map(({ say }) => say))].filter((say) => !quiet.includes(say))).toEqual([]);
});

test("every sentence gets the values that it asks for, in both languages", () => {
  for (const [check, , change] of table) {
    const { say, values, at } = lineOf(check, change);
    const given = new Set([...Object.keys(values ?? {}), ...(at === undefined ? [] : ["at"])]);
    for (const words of [readinessJa, readinessEn])
      for (const [, name] of words[say].matchAll(/\{\{(\w+)\}\}/g)) expect([say, given.has(name as string)]).toEqual([say, true]);
  }
});

describe("the one answer", () => {
  const all = (level: Level, change: Partial<Record<Check, Level>> = {}) => overallOf(linesOf((check) => change[check] ?? level));

  test("is the worst of all lines", () => {
    expect(all("green")).toBe("green");
    for (const check of checks) {
      expect(all("green", { [check]: "amber" })).toBe("amber");
      expect(all("green", { [check]: "red" })).toBe("red");
    }
    expect(all("amber", { packs: "red" })).toBe("red");
  });

  test("is not green over what must be known and is not", () => {
    const spoils = checks.filter((check) => all("green", { [check]: "unknown" }) !== "green");
    expect(checks.filter((check) => !spoils.includes(check))).toEqual(["keys", "quota", "camera", "battery"]);
    expect(all("unknown")).toBe("amber");
  });
});
