/** The real screens over one named case, as the hub summed it up; `?case=` names it. For pictures and axe, never part of a build. */
import "../../../src/ui/base.css";
import "../../../src/ui/parts.css";
import "../../../src/viewer/app/app.css";
import "../../../src/viewer/chart/chart.css";
import { createRoot } from "react-dom/client";
import type { ProtectedPart, RestPart, StripPart } from "../../../src/shared/summary/summary.ts";
import { App } from "../../../src/viewer/app/App.tsx";
import { readDisplay, showDisplay } from "../../../src/viewer/app/display.ts";
import type { Hit } from "../../../src/viewer/find/search.ts";
import { makeWords } from "../../../src/words/index.ts";
import { now } from "../chart/people.ts";
import { makeFakeCore } from "./fake-core.ts";

interface Parts {
  readonly strip: StripPart;
  readonly rest: RestPart;
  readonly protected: ProtectedPart;
}

const asked = new URLSearchParams(location.search).get("case") ?? "unknown";
const answer = await fetch(`/parts/${asked}.json`);
const parts: Parts = await answer.json();
const { identity, sources } = parts.strip;
const hit: Hit = {
  personRef: "CASE",
  kanji: identity.kanji,
  kana: identity.kana,
  birthDate: identity.birthDate,
  sex: identity.sex,
  address: identity.address,
  identifiers: identity.identifiers.map(({ source, value }) => ({ facility: sources[source]?.facility ?? "", pid: value })),
  hospitals: [...new Set(sources.map(({ name }) => name))],
  packs: { strip: "a", rest: "b", protected: parts.protected.categories.length === 0 ? null : "c" },
  alike: [],
};
const core = makeFakeCore(
  {},
  {
    search: () => [hit],
    rulesVersion: () => parts.strip.strip.rules,
    openStrip: async () => parts.strip,
    openRest: async () => parts.rest,
    openProtected: async () => parts.protected,
    ruleTable: async () => Promise.reject(new Error("not asked for here")),
  },
);
const display = readDisplay(localStorage);
showDisplay(document.documentElement, display, () => false);
createRoot(document.getElementById("root") as HTMLElement).render(
  <App core={core} words={makeWords(display.language)} now={() => now} reload={() => location.reload()} />,
);
