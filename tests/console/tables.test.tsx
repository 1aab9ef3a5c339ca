// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import type { Api } from "../../src/console/api.ts";
import { ConsoleContext } from "../../src/console/context.ts";
import { Tables } from "../../src/console/Tables.tsx";
import { consoleWords } from "../../src/words/console.ts";

const hot = { kind: "hot", date: "2026-10-31", file: "MEDIS20261031.TXT", imported: Date.UTC(2026, 10, 1), read: 7, taken: 6 };

test("a master in force is dated, a missing one says that its codes are not checked", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const place = document.body.appendChild(document.createElement("div"));
  const api = { tables: async () => ({ masters: [hot], rules: { version: "1.2.0", date: "2026-11-21" } }) } as Partial<Api> as Api;
  const root = createRoot(place);
  await act(async () =>
    root.render(
      <ConsoleContext value={{ api, words: consoleWords.ja, language: "ja", failed: () => undefined }}>
        <Tables />
      </ConsoleContext>,
    ),
  );
  const [shown, ...missing] = [...place.querySelectorAll("li")].map((card) => card.textContent ?? "");
  expect(shown).toMatch(/HOT.*2026-10-31.*6 \/ 7.*MEDIS20261031\.TXT/);
  expect(missing.slice(0, 4).every((text) => text.includes("未登録：コードは照合されません"))).toBe(true);
  expect(missing[4]).toMatch(/1\.2\.0.*2026-11-21/);
  await act(async () => root.unmount());
});
