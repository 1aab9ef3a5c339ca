import { describe, expect, it } from "vitest";
import { type SectionName, sectionNames } from "../../../src/shared/summary/summary.ts";
import { Jump } from "../../../src/viewer/chart/Jump.tsx";
import { foldedNames, isFolded, pageOrder } from "../../../src/viewer/chart/order.ts";
import { SummaryPage } from "../../../src/viewer/chart/SummaryPage.tsx";
import { draw } from "./draw.tsx";
import { emptySections, protectedPart, sections, stripPart, summary } from "./people.ts";

const drawn = (shown: typeof sections) =>
  draw(<SummaryPage summary={{ ...summary, sections: shown }} strip={stripPart.strip} protectedPart={protectedPart} />);

describe("the order of the page", () => {
  it("holds every section once", () => {
    expect(pageOrder.toSorted()).toEqual([...sectionNames].sort());
  });

  it("is that of clinical-safety.md §7, from the strip (1) to what is asked for last (9)", () => {
    const { markup } = drawn(sections);
    const steps = [
      ["strip-title"],
      ["title-medicines"],
      ["title-diagnoses"],
      ["title-labs"],
      ["title-latest"],
      ["title-procedures"],
      ["title-visits"],
      ["title-images"],
      ["title-past-medicines", "title-dialysis", "title-checkups", "title-contacts", "title-wishes", "title-documents"],
    ].map((ids) => ids.map((id) => markup.indexOf(`id="${id}"`)));
    for (const place of steps.flat()) expect(place).toBeGreaterThan(0);
    for (const [at, step] of steps.entries()) {
      const before = steps[at - 1];
      if (before !== undefined) expect(Math.max(...before)).toBeLessThan(Math.min(...step));
    }
  });

  it("puts a DNAR in force, and what the patient was not told, before all of it", () => {
    const { text } = drawn(sections);
    const places = ["未告知の情報を含みます", "DNAR の記載あり", "■ あり"].map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it("keeps the latest note and past medicines where the sections beside them hold nothing", () => {
    const { markup } = drawn({ ...emptySections, documents: sections.documents, medicines: sections.medicines });
    expect(markup).toContain('id="title-latest"');
    expect(markup).toContain('id="title-past-medicines"');
  });

  it("gives no two headings one id", () => {
    const ids = [...drawn(sections).markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("sections without anything in them", () => {
  const confirmed = { by: "見本 花子", role: "医師", date: "2026-11-01" };

  it("stand in one list, each with its own state, and with the heading that jumps lead to", () => {
    const { markup, text } = drawn({ ...emptySections, vitals: { ...emptySections.vitals, state: "unavailable" } });
    const list = text.slice(text.indexOf("未記録の項目（未確認・取得不可を含む）"));
    expect(list).toMatch(/バイタル ✕ 取得不可/);
    expect(list).toMatch(/妊娠 — 未記録/);
    for (const name of sectionNames) expect(markup).toContain(`id="title-${name}"`);
  });

  it("stay in their place when somebody confirmed it, when the hub holds more, and for what is asked for first", () => {
    const none = { ...emptySections.pregnancy, state: "confirmedNone", confirmed } as const;
    expect(isFolded("pregnancy", none)).toBe(false);
    expect(isFolded("pregnancy", { ...none, confirmed: null })).toBe(true);
    expect(isFolded("documents", { ...emptySections.documents, more: 3 })).toBe(false);
    const inPlace: SectionName[] = ["allergies", "medicines", "diagnoses", "visits"];
    for (const name of inPlace) expect(isFolded(name, emptySections[name])).toBe(false);
    expect(foldedNames(emptySections)).toHaveLength(sectionNames.length - inPlace.length);
  });

  it("are one entry of the bar, with their number; every other section has its own, with its count", () => {
    const { markup, text } = draw(<Jump sections={{ ...emptySections, images: sections.images }} />);
    expect(text).toContain("未記録の項目 14");
    expect(text).toContain("画像 2件");
    expect(text).toContain("薬：未記録");
    expect(text).not.toContain("バイタル");
    expect(markup).not.toContain("href");
  });
});
