// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import type { Api } from "../../src/console/api.ts";
import { ConsoleContext } from "../../src/console/context.ts";
import { Readiness, usualBuild } from "../../src/console/Readiness.tsx";
import { type Check, type Level, linesOf } from "../../src/shared/protocol/readiness.ts";
import type { DeviceReadiness } from "../../src/shared/protocol/readinessConsole.ts";
import { consoleWords } from "../../src/words/console.ts";

const now = Date.UTC(2026, 10, 21, 3);
const hour = 3_600_000;

/** A device of another program than the others. */
function strange(found: DeviceReadiness): DeviceReadiness {
  return { ...found, report: found.report && { ...found.report, build: "ffffffffffffffff" } };
}

function device(
  name: string,
  siteName: string,
  more: Partial<DeviceReadiness>,
  lines: Partial<Record<Check, Level>> | null = {},
): DeviceReadiness {
  const report = lines && {
    received: now - hour,
    locked: false,
    version: "0.1.0",
    build: "0123456789abcdef",
    asOf: now - 2 * hour,
    lines: linesOf((check) => lines[check] ?? "green"),
  };
  return { id: name, name, site: siteName, siteName, lastSeen: now - hour, standing: "told", level: "green", report, ...more };
}
const devices = [
  device("救急3", "架空港病院", { level: "green" }),
  strange(device("<b>病棟1</b>", "灯台病院", { level: "red" }, { packs: "red", battery: "unknown", age: "amber" })),
  device("往診2", "架空港病院", { level: "red", standing: "silent", lastSeen: now - 200 * hour }, null),
  device("検査5", "灯台病院", { level: "green" }),
  device("受付4", "灯台病院", { level: "amber", standing: "mute" }, null),
];

test("the build of most devices is the usual one; of equally many the one told last", () => {
  const told = (build: string, received: number) => {
    const { report, ...rest } = device("x", "y", {});
    return { ...rest, report: report && { ...report, build, received } };
  };
  expect(usualBuild([told("a", 1), told("b", 9), told("a", 2)])).toBe("a");
  expect(usualBuild([told("a", 1), told("b", 2)])).toBe("b");
  expect(usualBuild([told("", 1)])).toBe("");
});

test("worst first, with what is not good about each in words and shape; a silent device is told as one; the order can be changed", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const place = document.body.appendChild(document.createElement("div"));
  const api = { readiness: async () => ({ at: now, devices }) } as Partial<Api> as Api;
  const root = createRoot(place);
  await act(async () =>
    root.render(
      <ConsoleContext value={{ api, words: consoleWords.ja, language: "ja", failed: () => undefined }}>
        <Readiness />
      </ConsoleContext>,
    ),
  );
  const rows = () => [...place.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
  const names = () => [...place.querySelectorAll("tbody th")].map((cell) => cell.textContent);
  expect(place.textContent).toContain("要対応 2台・注意 1台・良好 2台");
  expect(names()).toEqual(["往診2", "<b>病棟1</b>", "受付4", "救急3", "検査5"]);
  expect(rows()[0]).toMatch(/^■ 要対応.*3日以上、通信がありません/);
  expect(rows()[1]).toMatch(/■ 要約ファイル.*要対応.*▲ データの新しさ.*？ 電池/);
  expect(rows()[2]).toMatch(/^▲ 注意.*まだ届いていません/);
  expect(rows()[3]).toMatch(/^● 良好.*すべて良好です.*0\.1\.0 0123456789abcdef/);
  expect(rows().map((row) => row.includes("ほかの端末と違う版です"))).toEqual([false, true, false, false, false]);
  const bySite = [...place.querySelectorAll<HTMLElement>("label.choice input")][1];
  await act(async () => bySite?.click());
  expect(names()).toEqual(["往診2", "救急3", "<b>病棟1</b>", "受付4", "検査5"]);
  await act(async () => root.unmount());
});
