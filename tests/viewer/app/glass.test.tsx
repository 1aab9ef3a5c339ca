// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { now, stripPart } from "../chart/people.ts";
import { type FakeCore, grant, makeFakeCore, policy } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
afterEach(async () => {
  vi.useRealTimers();
  await shown?.close();
  shown = null;
});

const clinical = "ワルファリンカリウム錠1mg「架空」";
const unconscious = /意識がない/;

async function atReasons(core: FakeCore, clock?: () => number): Promise<Shown> {
  shown = await show(core, clock === undefined ? {} : { now: clock });
  await shown.type("患者をさがす", "とうだい");
  await shown.press(/灯台 太郎/);
  return shown;
}

async function atStrip(core: FakeCore, clock?: () => number): Promise<Shown> {
  const screen = await atReasons(core, clock);
  await screen.press(unconscious);
  return screen;
}

async function atPage(core: FakeCore): Promise<Shown> {
  const screen = await atStrip(core);
  await screen.press("氏名が一致");
  await screen.press("生年月日が一致");
  await screen.press("本人と確認した");
  await screen.type("補足（任意）", "頭部外傷");
  await screen.press(/救急の治療方針/);
  return screen;
}

describe("breaking the glass", () => {
  it("takes two taps from a hit to the strip, each journalled before anything shows", async () => {
    const core = makeFakeCore();
    const screen = await atReasons(core);
    expect(core.asked.filter((ask) => ask !== "sync")).toEqual([]);
    expect(screen.text()).not.toContain(clinical);
    await screen.press(unconscious);
    expect(core.asked.filter((ask) => ask !== "sync")).toEqual(["breakGlass AAAA unconscious"]);
    expect(screen.text()).toContain(clinical);
    expect(screen.text()).toContain("本人と推定（未確認）");
  });

  it("names the person and the birth date on the very button, and says that identity is presumed", async () => {
    const screen = await atReasons(makeFakeCore());
    for (const reason of policy.reasons.filter(({ phase, path }) => phase === 1 && path === undefined)) {
      expect(screen.canPress(new RegExp(`${reason.ja}灯台 太郎 1948-03-05（昭和23年） を本人と推定して開く`))).toBe(true);
    }
    expect(screen.canPress(/転院・搬送先/)).toBe(false);
  });

  it("is not done by the second half of a double tap on the hit", async () => {
    const core = makeFakeCore();
    const screen = await atReasons(core);
    await screen.press(unconscious, 2);
    expect(core.asked).not.toContain("breakGlass AAAA unconscious");
    expect(screen.text()).not.toContain(clinical);
  });

  it("shows nothing while the entry is not on disk, and does not ask twice", async () => {
    let written = () => {};
    let asked = 0;
    const core = makeFakeCore(
      {},
      {
        breakGlass: async (hit) => {
          asked++;
          await new Promise<void>((resolve) => {
            written = resolve;
          });
          return grant("strip", hit.personRef, now);
        },
      },
    );
    const screen = await atStrip(core);
    expect(screen.text()).toContain("閲覧の記録を書き込んでいます");
    expect(screen.text()).not.toContain(clinical);
    expect(screen.canPress(unconscious)).toBe(false);
    written();
    await screen.settle();
    expect(asked).toBe(1);
    expect(screen.text()).toContain(clinical);
  });

  it.each(["journal-write-failed", "storage-full", "storage-failed"] as const)(
    "opens nothing on %s, says why, and offers the paper procedure",
    async (code) => {
      const screen = await atStrip(makeFakeCore({}, { breakGlass: () => Promise.reject(new TomoshibiError(code)) }));
      expect(screen.text()).toContain("何も開いていません");
      expect(screen.text()).toContain("紙の緊急閲覧票");
      expect(screen.text()).toContain(code);
      expect(screen.text()).not.toContain(clinical);
    },
  );

  it("is impossible without a policy, and says so", async () => {
    const core = makeFakeCore(
      {},
      {
        policy: () => {
          throw new TomoshibiError("policy-missing");
        },
      },
    );
    const screen = await atReasons(core);
    expect(screen.text()).toContain("運用規則が端末に届いていない");
    expect(screen.canPress(unconscious)).toBe(false);
  });
});

describe("after the strip", () => {
  it("two identifiers are compared before the rest can be asked for", async () => {
    const core = makeFakeCore();
    const screen = await atStrip(core);
    expect(screen.canPress(/救急の治療方針/)).toBe(false);
    await screen.press("氏名が一致");
    expect(screen.canPress("本人と確認した")).toBe(false);
    await screen.press("生年月日が一致");
    await screen.press("本人と確認した");
    expect(core.asked).toContain("confirm name birthDate");
    expect(screen.text()).toContain("本人と確認済み");
    expect(screen.canPress(/救急の治療方針/)).toBe(true);
  });

  it("the rest opens with its own reason and note, and the banner stays", async () => {
    const core = makeFakeCore();
    const screen = await atPage(core);
    expect(core.asked).toContain("breakRest treat 頭部外傷");
    for (const text of ["クレアチニン", "現在の薬", "灯台 太郎", "1948-03-05（昭和23年）"]) expect(screen.text()).toContain(text);
  });

  it("a rest whose entry cannot be written stays closed; the strip stays", async () => {
    const screen = await atPage(makeFakeCore({}, { breakRest: () => Promise.reject(new TomoshibiError("journal-write-failed")) }));
    expect(screen.text()).toContain("何も開いていません");
    expect(screen.text()).not.toContain("クレアチニン");
    expect(screen.text()).toContain(clinical);
  });

  it("protected items ask once more", async () => {
    const core = makeFakeCore();
    const screen = await atPage(core);
    expect(screen.text()).toContain("保護対象の項目あり：要確認");
    expect(screen.text()).not.toContain("双極性障害");
    await screen.press("理由を選んで表示する");
    expect(core.asked.some((ask) => ask.startsWith("breakProtected"))).toBe(false);
    await screen.press(/救急の治療方針.*保護対象の項目を開く/);
    expect(core.asked).toContain("breakProtected treat");
    expect(screen.text()).toContain("双極性障害");
  });

  it("protected items that the policy withholds cannot be asked for", async () => {
    const screen = await atPage(makeFakeCore({}, { policy: () => ({ ...policy, protected: "withheld" }) }));
    expect(screen.text()).toContain("この端末では表示しません");
    expect(screen.canPress("理由を選んで表示する")).toBe(false);
  });

  it("ending the access clears the screen at once and is journalled; a failure of that is said", async () => {
    const core = makeFakeCore({}, { endGrant: () => Promise.reject(new TomoshibiError("journal-write-failed")) });
    const screen = await atPage(core);
    await screen.press("閲覧を終える");
    expect(screen.text()).not.toContain("クレアチニン");
    expect(screen.text()).toContain("閲覧記録を端末に書き込めない");
  });

  it("the wrong person ends the access", async () => {
    const core = makeFakeCore();
    const screen = await atStrip(core);
    await screen.press("別の人だった");
    expect(core.asked).toContain("endGrant");
    expect(screen.text()).not.toContain(clinical);
    expect(screen.text()).toContain("患者をさがす");
  });

  it("the end of the grant takes everything off the screen", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let at = now;
    const screen = await atStrip(makeFakeCore(), () => at);
    expect(screen.text()).toContain("閲覧 残り60分");
    at = now + 60 * 60_000 + 1;
    vi.advanceTimersByTime(1000);
    await screen.settle();
    expect(screen.text()).not.toContain(clinical);
    expect(screen.text()).toContain("この人の閲覧は終わりました");
  });

  it("nothing of the patient enters the address, the history, the title or any storage", async () => {
    const screen = await atReasons(makeFakeCore());
    const before = history.length;
    await screen.press(unconscious);
    expect(screen.text()).toContain("灯台 太郎");
    expect(history.length).toBe(before);
    const traces =
      decodeURIComponent(location.href) +
      document.title +
      JSON.stringify(history.state) +
      JSON.stringify({ ...localStorage }) +
      JSON.stringify({ ...sessionStorage });
    for (const secret of ["灯台", "トウダイ", "1948", "AAAA", stripPart.identity.identifiers[0]?.value ?? "?"])
      expect(traces).not.toContain(secret);
  });
});
