// @vitest-environment jsdom
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Api } from "../../src/console/api.ts";
import { ConsoleContext } from "../../src/console/context.ts";
import { PolicyPage } from "../../src/console/PolicyPage.tsx";
import type { SiteApi } from "../../src/console/siteApi.ts";
import { defaultPolicy } from "../../src/hub/people/policy.ts";
import { defaultLocks } from "../../src/shared/protocol/policy.ts";
import type { NewPolicy, PolicyAnswer } from "../../src/shared/protocol/policyConsole.ts";
import { comparePolicies, judgePolicy, type PolicyBody, policyFaults, policyWarnings } from "../../src/shared/protocol/policyJudge.ts";
import { consoleWords } from "../../src/words/console.ts";

const policy: PolicyBody = { ...defaultPolicy, locks: defaultPolicy.locks ?? defaultLocks };
const answer: PolicyAnswer = { current: policy, history: [{ seq: 3, at: 1_000, by: "見本 運用", changes: [] }] };
let place: HTMLElement;
let root: Root;
let sent: NewPolicy[];

beforeEach(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  sent = [];
  place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
  const sites: Partial<SiteApi> = {
    policy: async () => answer,
    setPolicy: async (made) => {
      sent.push(made);
      return answer;
    },
  };
  const api = { sites } as Partial<Api> as Api;
  await act(async () =>
    root.render(
      <ConsoleContext value={{ api, words: consoleWords.ja, language: "ja", failed: () => undefined }}>
        <PolicyPage />
      </ConsoleContext>,
    ),
  );
});
afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
});

const button = (name: string): HTMLButtonElement => {
  const found = [...place.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
const press = async (name: string) => await act(async () => button(name).click());
const boxes = (fieldset: number) => [...(place.querySelectorAll("fieldset")[fieldset]?.querySelectorAll("input") ?? [])];
const tick = async (fieldset: number, ...at: number[]) => {
  for (const i of at) await act(async () => boxes(fieldset)[i]?.click());
};

test("the policy in force is shown in words, roles by parts and reasons by their way", () => {
  const text = place.textContent ?? "";
  for (const words of ["救急救命士", "保護対象の項目", "意識がない・話せない", "診療関係", "一度の閲覧の長さ（分）60"])
    expect(text).toContain(words);
});

test("a policy that opens everything to clerks cannot be signed, and the page says why", async () => {
  await press("方針を変える");
  await tick(0, 12, 13, 14);
  await press("変更の内容を確かめる");
  expect(place.textContent).toContain("事務職員がすべての項目を開けるようになっています。");
  await act(async () => place.querySelector<HTMLInputElement>("input[type=checkbox]")?.click());
  expect(button("署名して有効にする").disabled).toBe(true);
});

test("a policy with a warning is signed only after the warning was ticked, with what was seen and the version it came from", async () => {
  await press("方針を変える");
  await tick(0, 12);
  await press("変更の内容を確かめる");
  expect(button("署名して有効にする").disabled).toBe(true);
  await act(async () => place.querySelector<HTMLInputElement>("input[type=checkbox]")?.click());
  await press("署名して有効にする");
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ seen: ["clerk-opens"], from: 3 });
  expect(comparePolicies(policy, sent[0]?.policy ?? policy)).toEqual([{ about: "role clerk strip", before: "false", after: "true" }]);
});

test("a policy that changes nothing is not signed again", async () => {
  await press("方針を変える");
  await press("変更の内容を確かめる");
  expect(button("署名して有効にする").disabled).toBe(true);
});

test("the default policy has neither fault nor warning, and each fault and warning has its words in both languages", () => {
  expect(judgePolicy(policy)).toEqual({ faults: [], warnings: [] });
  for (const language of ["ja", "en"] as const) {
    const words = consoleWords[language].policy;
    expect(Object.keys(words.faults).sort()).toEqual([...policyFaults].sort());
    expect(Object.keys(words.warnings).sort()).toEqual([...policyWarnings].sort());
  }
});

test.each([
  ["nobody-opens", { ...policy, roles: {} }],
  ["no-emergency-reason", { ...policy, reasons: policy.reasons.filter(({ phase }) => phase === 2) }],
  ["no-reason-for-rest", { ...policy, reasons: policy.reasons.filter(({ phase }) => phase === 1) }],
  ["reason-twice", { ...policy, reasons: [...policy.reasons, ...policy.reasons.slice(0, 1)] }],
] as const)("%s is a fault", (fault, faulty) => {
  expect(judgePolicy(faulty).faults).toContain(fault);
});
