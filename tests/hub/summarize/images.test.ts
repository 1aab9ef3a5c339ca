import { expect, test } from "vitest";
import { sectionNames } from "../../../src/shared/summary/summary.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, later, other, procedure, summaryOf } from "./fixtures.ts";
import { order, study } from "./wider-fixtures.ts";

const images = (...files: Files) => summaryOf(...files).sections.images;

test("order, examination and study of one accession number are one image, from the archive, that lists the others", () => {
  const found = images(
    file([order()]),
    file([procedure("頭部CT単純", { studyUid: "", department: concept("救急科") })]),
    file([study()], { received: "2026-06-02T00:00:00.000Z" }),
  );
  expect(found.items).toHaveLength(1);
  expect(found.items[0]).toMatchObject({
    studyUid: "1.2.3",
    description: "頭部CT単純",
    department: "救急科",
    also: [{ source: 0 }, { source: 0 }],
  });
});

test("an order alone is no image, no examination and no result", () => {
  const { sections } = summaryOf(file([order(), order({ what: "lab", name: concept("血糖"), accession: "" })]));
  for (const name of sectionNames) expect(sections[name].items, name).toEqual([]);
});

test("an examination with a Study UID is a study though no archive told of it; with an accession number alone it is not", () => {
  expect(images(file([procedure("胸部X線", { studyUid: "9.9", modality: "CR" })])).items).toMatchObject([
    { studyUid: "9.9", modalities: ["CR"], series: [] },
  ]);
  expect(images(file([procedure("胸部X線", { studyUid: "" })])).items).toEqual([]);
});

test("an accession number means nothing in another hospital, and nothing against another Study UID", () => {
  const found = images(
    file([study()]),
    file([procedure("他院の検査", { studyUid: "" })], other),
    file([procedure("別の検査", { studyUid: "5.5" })]),
  );
  expect(found.items.map(({ studyUid, description, also }) => [studyUid, description, also.length]).sort()).toEqual([
    ["1.2.3", "", 0],
    ["5.5", "別の検査", 0],
  ]);
});

test("a withdrawn examination lends nothing to the study, a study told again counts as told last", () => {
  const series = [{ uid: "1.2.3.1", modality: "CT", number: "1", description: "", instances: 90, drawable: true }];
  const found = images(
    file([study()]),
    file([study({ series })], later),
    file([procedure("取消", { orderControl: "CA", studyUid: "1.2.3" })]),
  );
  expect(found.items).toMatchObject([{ description: "", also: [], series: [{ instances: 90 }] }]);
});

test("the same study in two archives is one, with the series of both", () => {
  const mine = study({ series: [{ uid: "s2", modality: "SR", number: "2", description: "", instances: 1, drawable: false }] });
  const found = images(file([study()]), file([mine], other));
  expect(found.items).toHaveLength(1);
  expect(found.items[0]?.series.map(({ uid }) => uid).sort()).toEqual(["1.2.3.1", "s2"]);
  expect(found.items[0]?.also).toHaveLength(1);
});

test("series stand in the order of their numbers, not of their text", () => {
  const series = ["10", "2", "1"].map((number) => ({
    uid: `s${number}`,
    modality: "CT",
    number,
    description: "",
    instances: 1,
    drawable: true,
  }));
  expect(images(file([study({ series })])).items[0]?.series.map(({ uid }) => uid)).toEqual(["s1", "s2", "s10"]);
});
