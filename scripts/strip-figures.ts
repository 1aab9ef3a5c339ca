/** Writes precision and recall of the danger strip into docs/danger-strip.md; a test fails while they are not true. */
import { readFileSync, writeFileSync } from "node:fs";
import { marks, report } from "../tests/shared/summary/report.ts";

const doc = new URL("../docs/danger-strip.md", import.meta.url);
const { text, unexplained } = await report();
const old = readFileSync(doc, "utf8");
const [before = "", rest = ""] = old.split(marks.from);
const after = rest.split(marks.to)[1];
if (after === undefined) throw new Error("docs/danger-strip.md has lost the marks of its figures");
writeFileSync(doc, `${before}${marks.from}\n\n${text}\n\n${marks.to}${after}`);
console.log(text);
if (unexplained.length > 0) {
  console.error(`Not explained in tests/shared/summary/explained.ts:\n${unexplained.join("\n")}`);
  process.exitCode = 1;
}
