// @vitest-environment jsdom
/** What follows from a code that the camera has just read; the camera and the reader themselves: tests/browser/stories, tests/viewer/find/scan. */
import { afterEach, expect, it, vi } from "vitest";
import { formCode, formIdOf, personCode } from "../../../src/shared/protocol/paper.ts";
import { hits, makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

const seen = vi.hoisted(() => ({ text: "" }));
vi.mock("../../../src/viewer/app/Scanner.tsx", () => ({
  Scanner: ({ onText }: { readonly onText: (text: string) => void }) => (
    <button type="button" onClick={() => onText(seen.text)}>
      カメラが読んだ
    </button>
  ),
}));

let shown: Shown | null = null;
afterEach(async () => {
  await shown?.close();
  shown = null;
});

const person = { ...hits[0], personRef: "AAAAAAAAAAAAAAAAAAAAAA" } as (typeof hits)[number];
async function reads(text: string, found: readonly (typeof hits)[number][] = hits) {
  const core = makeFakeCore(
    {},
    {
      person: (ref) => (ref === person.personRef ? person : null),
      withNumber: (value) => found.filter(({ identifiers }) => identifiers.some(({ pid }) => Number(pid) === Number(value))),
    },
  );
  shown = await show(core);
  await shown.press("カードや用紙を読み取る");
  seen.text = text;
  await shown.press("カメラが読んだ");
  return { screen: shown, opened: () => core.asked.filter((ask) => /^break|^open/.test(ask)) };
}

it("a sheet's code leads to the reasons, and opens nothing", async () => {
  const { screen, opened } = await reads(personCode(person.personRef));
  expect(screen.canPress(/意識がない/)).toBe(true);
  expect(opened()).toEqual([]);
  await screen.press(/意識がない/);
  expect(opened()).toEqual([`breakGlass ${person.personRef} unconscious`]);
});

it("a sheet of somebody who is not on this device says so and what to do next", async () => {
  const { screen } = await reads(personCode("BBBBBBBBBBBBBBBBBBBBBA"));
  expect(screen.text()).toContain("この端末に、このコードの人は見つかりません");
  expect(screen.text()).toContain("512人");
  expect(screen.canPress("もう一度読み取る")).toBe(true);
});

it("a hospital number that one person bears is that Hit, also when the card leaves out the zeros", async () => {
  const only = hits.slice(0, 1);
  for (const text of ["0000012345", "A12345B"]) {
    const { screen } = await reads(text, only);
    expect(screen.canPress(/意識がない/)).toBe(true);
    await screen.close();
    shown = null;
  }
});

it("a number that several people bear, each at their hospital, is a list to choose from", async () => {
  const { screen, opened } = await reads("0000012345");
  expect(screen.text()).toContain("4人が該当します");
  await screen.press(/灯台 花子/);
  expect(screen.canPress(/意識がない/)).toBe(true);
  expect(opened()).toEqual([]);
});

it("a number that is only part of somebody's number is nobody", async () => {
  const { screen } = await reads("2345");
  expect(screen.text()).toContain("番号 2345 を、保存済みの 512人から探しました");
});

it.each([
  ["a form", formCode(formIdOf(new Uint8Array(15))), "紙の用紙から転記"],
  ["a stained code", "TMSB1:P:AAAA", "欠けているか、汚れています"],
  ["an invitation", "A".repeat(64), "端末を登録するためのコード"],
  ["a foreign code", "https://example.invalid/", "このコードの種類は分かりません"],
])("%s says what it is", async (_, text, said) => {
  const { screen, opened } = await reads(text);
  expect(screen.text()).toContain(said);
  expect(opened()).toEqual([]);
});
