import { expect, it } from "vitest";
import { readFile } from "../../../src/hub/ingest/ssmix2/index.ts";
import type { FiledRecords } from "../../../src/hub/record/record.ts";
import { summarize } from "../../../src/hub/summarize/index.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import { cda, contentFile, folders, section, utf8 } from "../../vectors/ssmix2/documents.ts";

/** One discharge summary as the hospital wrote it → the parts that would be sealed, as text. */
function sealed(code: string): { readonly rest: string; readonly guarded: string } {
  const file = contentFile(folders.summary);
  const text = cda(section("1", "経過", "架空の経過"), { head: `<confidentialityCode code="${code}"/>` });
  const filed: FiledRecords = { ...readFile(utf8(text), file), file, received: "2026-07-15T00:00:00.000Z" };
  const parts = splitSummary(summarize({ files: [filed], facilities: new Map() }), projectRules);
  return { rest: JSON.stringify([parts.strip, parts.rest]), guarded: JSON.stringify(parts.protected) };
}

it.each(["R", "V"])("a document that its hospital restricts (%s) is sealed apart", (code) => {
  const { rest, guarded } = sealed(code);
  expect([rest.includes("架空の経過"), guarded.includes("架空の経過")]).toEqual([false, true]);
});

it("any other stands with the rest", () => {
  const { rest, guarded } = sealed("N");
  expect([rest.includes("架空の経過"), guarded.includes("架空の経過")]).toEqual([true, false]);
});
