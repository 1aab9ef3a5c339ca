// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { makeFakeCore } from "./fake-core.ts";
import { show } from "./screen.tsx";

test("forms still out are counted on home, listed with whose they are, and leave the list when they come back", async () => {
  const core = makeFakeCore();
  const listed = await core.forms();
  core.forms = async () => listed.map((form) => (core.asked.includes(`returnForm ${form.id}`) ? { ...form, returned: 1 } : form));
  const screen = await show(core);
  // The count is a part of its own that home does not wait for.
  await vi.waitFor(async () => {
    await screen.settle();
    expect(screen.text()).toContain("戻っていない用紙 3枚");
  });
  await screen.press("停止時の用紙");
  expect(screen.text()).toContain("灯台 太郎 1948-03-05");
  expect(screen.text()).toContain("この端末では名前を出せません");
  await screen.press("戻った・破棄した");
  expect(core.asked).toContain(`returnForm ${listed[0]?.id}`);
  expect(screen.text()).toContain("戻っていない用紙 2枚");
  await screen.close();
});

test("they are listed where an outage is declared, too", async () => {
  const screen = await show(makeFakeCore());
  await screen.press("システム停止中の診療");
  expect(screen.text()).toContain("戻っていない用紙 3枚");
  await screen.close();
});

test("no form comes out when its entry cannot be written, and that is said", async () => {
  const print = vi.fn();
  vi.stubGlobal("print", print);
  const screen = await show(makeFakeCore({}, { printForms: () => Promise.reject(new TomoshibiError("journal-write-failed")) }));
  await screen.press("停止時の用紙");
  await screen.press("記録して印刷");
  expect(screen.text()).toContain("閲覧記録を端末に書き込めない");
  expect(print).not.toHaveBeenCalled();
  expect(screen.text()).toContain("印刷するときに番号が付きます");
  await screen.close();
  vi.unstubAllGlobals();
});
