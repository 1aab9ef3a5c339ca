import { expect, test } from "vitest";
import type { Files } from "./fixtures.ts";
import { concept, file, medicine, other, summaryOf, visit } from "./fixtures.ts";

const departments = (...files: Files) => summaryOf(...files).sections.visits.items.map((item) => item.department);
const coded = { department: { text: "01", codings: [{ code: "01", text: "", system: "" }] } };
const order = (name: string) => medicine("A錠", { department: concept(name, "99A05", "01") });

test("a bare code is called what the same hospital calls it in its orders", () => {
  expect(departments(file([visit("outpatient", coded)]), file([order("循環器内科")]))).toEqual(["循環器内科"]);
});

test("another hospital's name for it, or two names, name nothing", () => {
  expect(departments(file([visit("outpatient", coded)]), file([order("循環器内科")], other))).toEqual(["01"]);
  expect(departments(file([visit("outpatient", coded)]), file([order("循環器内科"), order("外科")]))).toEqual(["01"]);
});

test("a name that was sent stays", () => {
  const sent = { department: concept("救急科", "", "01") };
  expect(departments(file([visit("outpatient", sent)]), file([order("循環器内科")]))).toEqual(["救急科"]);
});
