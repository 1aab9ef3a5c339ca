import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { home, type Ward, wardOn } from "../notes/ward.ts";
import { unknownSubject } from "../notes/writing.ts";
import { knownPerson, start } from "../routes/region.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-notes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run({ region }: Ward, ...args: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const said: string[] = [];
  const failed: string[] = [];
  const { log, error } = console;
  console.log = (...words: unknown[]) => void said.push(words.join(" "));
  console.error = (...words: unknown[]) => void failed.push(words.join(" "));
  try {
    const around = { env: { TOMOSHIBI_DATA: region.store.dataDir }, clock: { now: () => start, monotonic: () => start } };
    const status = await runCli(["notes", ...args], around);
    return { status, out: said.join("\n"), error: failed.join("\n") };
  } finally {
    console.log = log;
    console.error = error;
  }
}

const by = ["--by", "事務 花子"] as const;

describe("hub -- notes", () => {
  test("lists and shows what came, as text and as JSON, and counts it", async () => {
    const ward = await wardOn(await stores.open("sqlite"));
    const [key, nameless] = [await home(ward), await home(ward, { subject: unknownSubject() })];
    const list = await run(ward, "list");
    expect(list.out).toContain(`${key}\tnew\t2026-11-20T03:05\tvitals\t灯台 あかり\t灯台 一郎\t灯台病院 救急外来`);
    expect(list.out).toContain("new 2, accepted 0, duplicate 0, rejected 0, waiting 0, refused 0");
    expect(JSON.parse((await run(ward, "list", "--json", "--patient", nameless)).out).items).toHaveLength(1);
    const shown = await run(ward, "show", key);
    expect(shown.out).toContain("  収縮期血圧 84 mmHg");
    expect(JSON.parse((await run(ward, "show", key, "--json")).out).item.note.content.temperature).toBe("36.0");
    expect((await run(ward, "list", "--standing", "lost")).error).toContain("cli-usage");
  });

  test("decides, links and takes back in the name of who says so", async () => {
    const ward = await wardOn(await stores.open("sqlite"));
    const [key, again, nameless] = [await home(ward), await home(ward), await home(ward, { subject: unknownSubject() })];
    for (const args of [
      ["accept", key],
      ["duplicate", again, "--of", key],
      ["undo", again],
      ["reject", again, "--why", "別の患者"],
      ["link", nameless, knownPerson],
      ["unlink", nameless],
    ])
      expect(await run(ward, ...args, ...by), args.join(" ")).toMatchObject({ status: 0 });
    expect((await run(ward, "list")).out).toContain("new 1, accepted 1, duplicate 0, rejected 1");
    expect((await run(ward, "show", again)).out).toMatch(/decided\t.*\trejected\t事務 花子\t別の患者/);
    expect((await run(ward, "reject", key, ...by)).error).toContain("reason-missing");
    expect((await run(ward, "accept", key)).error).toContain("cli-usage");
    expect((await run(ward, "show", "nobody")).error).toContain("not-found");
  });

  test("exports for the chart, to a file that only its owner reads, or to standard output", async () => {
    const ward = await wardOn(await stores.open("sqlite"));
    const key = await home(ward);
    expect((await run(ward, "export", key, "--fhir", ...by)).error).toContain("note-none-accepted");
    await run(ward, "accept", key, ...by);
    expect(JSON.parse((await run(ward, "export", key, "--fhir", ...by)).out)).toMatchObject({ resourceType: "Bundle", type: "document" });
    const file = join(folder, "notes.pdf");
    const made = JSON.parse((await run(ward, "export", key, "--pdf", "--out", file, "--json", ...by)).out);
    expect(made).toMatchObject({ file, type: "application/pdf" });
    expect(readFileSync(file).subarray(0, 5).toString()).toBe("%PDF-");
    for (const bad of [[], ["--fhir", "--pdf"], ["--pdf"]])
      expect((await run(ward, "export", key, ...bad, ...by)).error).toContain("cli-usage");
  });
});
