// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { now } from "../chart/people.ts";
import { grant, makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
beforeEach(() => {
  history.replaceState(null, "");
  sessionStorage.clear();
});
afterEach(async () => {
  await shown?.close();
  shown = null;
});

const clinical = "ワルファリンカリウム錠1mg「架空」";

async function back(screen: Shown): Promise<void> {
  const arrived = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
  await act(async () => {
    history.back();
    await arrived;
  });
  await screen.settle();
}

async function atStrip(core: ReturnType<typeof makeFakeCore>): Promise<Shown> {
  shown = await show(core);
  await shown.type("患者をさがす", "とうだい");
  await shown.press(/灯台 太郎/);
  await shown.press(/意識がない/);
  return shown;
}

describe("the browser's back button", () => {
  it("under a patient ends the access with its entry and leads home, again and again", async () => {
    const core = makeFakeCore();
    const screen = await atStrip(core);
    expect(screen.text()).toContain(clinical);
    for (const _ of [1, 2]) {
      await back(screen);
      expect(core.asked.filter((ask) => ask === "endGrant")).toHaveLength(1);
      expect(screen.text()).not.toContain(clinical);
      expect(screen.text()).toContain("患者をさがす");
    }
  });

  it("leads back from a further member's screen, and leaves no more than one empty entry", async () => {
    const before = history.length;
    const core = makeFakeCore();
    shown = await show(core);
    await shown.press("この端末を使う人を追加する");
    await back(shown);
    expect(shown.text()).toContain("患者をさがす");
    expect(history.length).toBeLessThanOrEqual(before + 1);
    expect(JSON.stringify(history.state)).toBe('"tomoshibi-inside"');
  });

  it("while the entry is being written shows nothing, and what was granted is ended", async () => {
    let written = () => {};
    const core = makeFakeCore(
      {},
      {
        breakGlass: async (hit) => {
          await new Promise<void>((resolve) => {
            written = resolve;
          });
          return grant("strip", hit.personRef, now);
        },
      },
    );
    const screen = await atStrip(core);
    await back(screen);
    written();
    await screen.settle();
    expect(screen.text()).not.toContain(clinical);
    expect(core.asked).toContain("endGrant");
  });

  it("is nobody's business while the device is locked", async () => {
    const before = history.length;
    shown = await show(makeFakeCore({ phase: "locked", staff: null }));
    expect([history.length, history.state]).toEqual([before, null]);
  });
});

describe("a lock that the journal did not take", () => {
  it("still reloads the page, and the lock screen says so until the next unlock", async () => {
    const core = makeFakeCore({}, { lock: () => Promise.reject(new TomoshibiError("journal-write-failed")) });
    shown = await show(core);
    await shown.press("ロック");
    expect(shown.reloads()).toBe(1);
    await shown.close();

    shown = await show(makeFakeCore({ phase: "locked", staff: null }));
    expect(shown.text()).toContain("前回のロックを閲覧記録に書き込めませんでした");
    expect(shown.text()).toContain("journal-write-failed");
    expect(JSON.stringify({ ...sessionStorage })).toBe('{"tomoshibi-lock-fault":"journal-write-failed"}');
    await shown.press("架空 次郎");
    await shown.type("パスフレーズ", "right");
    await shown.press("解錠する");
    expect({ ...sessionStorage }).toEqual({});
  });

  it("is not claimed of a lock that was written", async () => {
    shown = await show(makeFakeCore());
    await shown.press("ロック");
    await shown.close();
    shown = await show(makeFakeCore({ phase: "locked", staff: null }));
    expect(shown.text()).not.toContain("書き込めませんでした");
  });
});
