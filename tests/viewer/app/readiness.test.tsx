/** @vitest-environment jsdom */
import { afterEach, expect, test } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { readinessCases } from "./cases-readiness.ts";
import { makeFakeCore } from "./fake-core.ts";
import { readyFacts } from "./fake-readiness.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown;
afterEach(async () => {
  await shown.close();
});

const levels = () => [...document.querySelectorAll(".check-level")].map((line) => line.textContent?.trim());
/** Waits until the screen says so: a part that is loaded. */
const said = async (words: string) => {
  for (let turn = 0; turn < 100 && !shown.text().includes(words); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await shown.settle();
  }
  expect(shown.text()).toContain(words);
};
const caseOf = (name: keyof typeof readinessCases) => {
  const [status, over] = readinessCases[name] ?? [{}];
  return makeFakeCore(status, over ?? {});
};

test("from the status line: one answer, every line with shape and word", async () => {
  shown = await show(makeFakeCore());
  await shown.press(/すべて見る|すべて|詳しく/);
  await shown.press(/^備え/);
  await said("はい、開けます。");
  expect(levels()).toEqual(Array(16).fill("●良好"));
  expect(shown.text()).toContain("版 0.1.0（4f0c2a91b7d35e68）");
});

test("the worst stands first, and each button does what it says", async () => {
  const core = caseOf("readyRed");
  shown = await show(core);
  await shown.press(/^備え/);
  await said("いいえ。このままでは頼れません。");
  const ranks = levels().map((level) => ["■要対応", "▲注意", "？不明", "●良好"].indexOf(level ?? ""));
  expect(ranks).toEqual([...ranks].sort());
  expect(ranks).not.toContain(-1);
  await shown.press("今すぐ同期する");
  await shown.press("保護を求める");
  await shown.press("もう一度調べる");
  expect(core.asked.filter((each) => /^(sync|askPersistence|tryPacks)$/.test(each)).slice(-3)).toEqual([
    "sync",
    "askPersistence",
    "tryPacks",
  ]);
  await shown.press("インストールの手順");
  await said("アプリとしてインストールする");
  await shown.press("戻る");
  await said("もし今ネットワークが切れたら");
});

test("an update that waits is said with its way: the lock", async () => {
  const core = makeFakeCore({}, { readiness: async () => ({ ...readyFacts, program: { ...readyFacts.program, waits: true } }) });
  shown = await show(core);
  await shown.press(/^備え/);
  await said("新しい版が待っています");
  await shown.press(/^ロックする$/);
  expect(core.asked).toContain("lock");
});

test("a trial that fails says why, and the facts are looked at again", async () => {
  let looks = 0;
  const core = makeFakeCore(
    {},
    {
      readiness: async () => {
        looks += 1;
        return { ...readyFacts, trial: { at: readyFacts.now, opened: looks > 1 ? 0 : 6 } };
      },
      tryPacks: () => Promise.reject(new TomoshibiError("pack-hash-mismatch")),
    },
  );
  shown = await show(core);
  await shown.press(/^備え/);
  await shown.press("もう一度調べる");
  expect(shown.text()).toContain("無作為に選んだ要約が開きませんでした");
  expect(document.querySelector('[role="alert"]')).not.toBeNull();
  expect(shown.text()).toContain("pack-hash-mismatch");
});

test("a device that lost its vault says so and what to do, before the form to enrol again", async () => {
  shown = await show(caseOf("lostVault"));
  await said("この端末の保存データが消えています");
  expect(shown.text()).toContain("架空中央病院 の「救急外来 タブレット2」として登録されていました");
  expect(shown.text().indexOf("保存データが消えています")).toBeLessThan(shown.text().indexOf("登録コード（"));
});

test("a device that never was one says nothing of a loss, but what this screen means on one that was", async () => {
  shown = await show(makeFakeCore({ phase: "blank", siteName: "", staff: null, asOf: null, people: 0, lease: null }));
  expect(shown.text()).not.toContain("保存データが消えています");
  expect(shown.text()).toContain("前に登録した端末でこの画面が出たときは");
});

test("files that are lost are said on home, with the button that brings them", async () => {
  const core = caseOf("lostFiles");
  shown = await show(core);
  await said("ファイル 310個がこの端末から消えています");
  await shown.press("今すぐ取り直す");
  expect(core.asked).toContain("sync");
  core.set({ loss: null });
  await shown.settle();
  expect(shown.text()).not.toContain("消えています");
});
