import { describe, expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import type { PartName } from "../../../src/shared/summary/summary.ts";
import { type About, checkAllowed, type GlassRules, type Standing } from "../../../src/viewer/glass/rules.ts";
import { leaseStates } from "../../../src/viewer/vault/lease-machine.ts";

const may: Readonly<Record<string, readonly PartName[]>> = {
  physician: ["strip", "rest", "protected"],
  nurse: ["strip", "rest", "protected"],
  paramedic: ["strip"],
  clerk: [],
};

const rules: GlassRules = {
  reasons: [
    { id: "life", phase: 1, purpose: "ETREAT" },
    { id: "treat", phase: 2, purpose: "BTG", path: "emergency" },
    { id: "agrees", phase: 1, purpose: "TREAT", path: "consent" },
    { id: "ours", phase: 1, purpose: "TREAT", path: "relation" },
    { id: "down", phase: 1, purpose: "TREAT", path: "outage" },
    { id: "agrees-to-all", phase: 2, purpose: "TREAT", path: "consent" },
  ],
  grantMinutes: 60,
  disasterMinutes: 240,
  hourlyLimit: 3,
  region: true,
  allows: (role, part) => may[role]?.includes(part) === true,
  needsSecond: (role, part) => role === "nurse" && part === "protected",
};
const standing: Standing = { role: "physician", rules, lease: "normal", disaster: false, outage: false };
const about: About = { own: true, region: false, others: 0, again: false };

interface Case {
  readonly now?: Partial<Standing>;
  readonly of?: Partial<About>;
  readonly part?: PartName;
  readonly reason?: string;
  readonly note?: string;
}

/** "role" or "limit": after a second person; "opens"; else the code. */
function said({ now, of, part = "strip", reason = "life", note = "" }: Case): string {
  try {
    return checkAllowed({ ...standing, ...now }, { ...about, ...of }, { part, reasonId: reason, note }).second ?? "opens";
  } catch (error) {
    return codeOf(error);
  }
}

describe("role × part", () => {
  test.each([
    ["physician", ["opens", "opens", "opens"]],
    ["nurse", ["opens", "opens", "role"]],
    ["paramedic", ["opens", "forbidden", "forbidden"]],
    ["clerk", ["forbidden", "forbidden", "forbidden"]],
    ["", ["forbidden", "forbidden", "forbidden"]],
  ])("%s", (role, expected) => {
    const parts = [
      ["strip", "life"],
      ["rest", "treat"],
      ["protected", "treat"],
    ] as const;
    expect(parts.map(([part, reason]) => said({ now: { role }, part, reason }))).toEqual(expected);
  });
});

describe("reason × phase", () => {
  test.each([
    ["an emergency of phase 1 opens the strip alone", "life", ["opens", "reason-missing", "reason-missing"]],
    ["an emergency of phase 2 opens no strip", "treat", ["reason-missing", "opens", "opens"]],
    ["who agreed to the strip's opening agreed to the rest's", "agrees", ["opens", "opens", "opens"]],
    ["a consent of phase 2 opens no strip", "agrees-to-all", ["reason-missing", "opens", "opens"]],
    ["a reason that the policy does not know opens nothing", "because", ["reason-missing", "reason-missing", "reason-missing"]],
  ])("%s", (_, reason, expected) => {
    expect((["strip", "rest", "protected"] as const).map((part) => said({ part, reason }))).toEqual(expected);
  });
});

describe("lease × path", () => {
  test.each([
    ["none", ["lease-expired", "lease-expired", "lease-expired", "lease-expired"]],
    ["normal", ["opens", "opens", "opens", "opens"]],
    ["extended", ["opens", "path-closed", "path-closed", "opens"]],
    ["doubtful", ["lease-expired", "lease-expired", "lease-expired", "lease-expired"]],
    ["over", ["lease-expired", "lease-expired", "lease-expired", "lease-expired"]],
  ] as const)("a lease that is %s: emergency, consent, relation, outage", (lease, expected) => {
    expect(["life", "agrees", "ours", "down"].map((reason) => said({ now: { lease, outage: true }, reason }))).toEqual(expected);
  });

  test("every state of the lease has its line above", () => {
    expect(leaseStates).toEqual(["none", "normal", "extended", "doubtful", "over"]);
  });
});

describe("whose patient", () => {
  test.each([
    ["a treatment relation with somebody else's patient", { reason: "ours", of: { own: false } }, "not-own-patient"],
    ["somebody else's patient in an outage", { reason: "down", of: { own: false }, now: { outage: true } }, "not-own-patient"],
    ["an outage that nobody declared, or that is over", { reason: "down" }, "outage-over"],
    ["a device that cannot know, and no word about it", { reason: "ours", of: { own: null }, note: "  " }, "note-needed"],
    ["a device that cannot know, with the member's words", { reason: "ours", of: { own: null }, note: "通院中" }, "opens"],
    ["an outage on a device that cannot know", { reason: "down", of: { own: null }, now: { outage: true } }, "note-needed"],
    ["consent of somebody else's patient", { reason: "agrees", of: { own: false } }, "opens"],
    ["an emergency of somebody else's patient", { reason: "life", of: { own: false } }, "opens"],
  ] as const)("%s", (_, asked, expected) => expect(said(asked)).toBe(expected));
});

describe("outside the cohort", () => {
  const region = { of: { region: true, own: false } };
  test.each([
    ["a declared emergency", { ...region }, "opens"],
    ["consent", { ...region, reason: "agrees" }, "path-closed"],
    ["a treatment relation", { ...region, reason: "ours" }, "path-closed"],
    ["an outage", { ...region, reason: "down", now: { outage: true } }, "path-closed"],
    ["where the policy does not have it", { ...region, now: { rules: { ...rules, region: false } } }, "region-closed"],
  ] as const)("%s", (_, asked, expected) => expect(said(asked)).toBe(expected));
});

describe("the hourly limit", () => {
  test.each([
    ["the last one alone", { of: { others: 2 } }, "opens"],
    ["one more", { of: { others: 3 } }, "limit"],
    ["somebody opened within the hour, again", { of: { others: 3, again: true } }, "opens"],
    ["the rest of somebody", { of: { others: 9 }, part: "rest", reason: "treat" }, "opens"],
    ["consent is counted as well", { of: { others: 3 }, reason: "agrees" }, "limit"],
    ["a certain own patient of a declared outage", { of: { others: 60 }, reason: "down", now: { outage: true } }, "opens"],
    [
      "an outage on a device that cannot know whose patient",
      { of: { others: 3, own: null }, reason: "down", note: "x", now: { outage: true } },
      "limit",
    ],
    ["a policy without a limit", { of: { others: 500 }, now: { rules: { ...rules, hourlyLimit: 0 } } }, "opens"],
    ["a disaster lifts no limit", { of: { others: 3 }, now: { disaster: true } }, "limit"],
  ] as const)("%s", (_, asked, expected) => expect(said(asked)).toBe(expected));
});

test("a grant lasts as the policy says, longer while a disaster is in force, and never shorter for one", () => {
  const minutes = (now: Partial<Standing>) =>
    checkAllowed({ ...standing, ...now }, about, { part: "strip", reasonId: "life", note: "" }).minutes;
  expect([minutes({}), minutes({ disaster: true })]).toEqual([60, 240]);
  expect(minutes({ disaster: true, rules: { ...rules, disasterMinutes: 30 } })).toBe(60);
});

test("no policy opens nothing", () => expect(said({ now: { rules: null } })).toBe("policy-missing"));
