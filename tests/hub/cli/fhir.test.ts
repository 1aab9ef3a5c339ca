import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { clins, facility, patient } from "../ingest/fhir/fixtures.ts";

const main = fileURLToPath(new URL("../../../src/hub/cli/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-fhir-"));
const hub = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, ["--import", "tsx", main, ...args], {
    env: { PATH: process.env.PATH, TOMOSHIBI_DATA: join(folder, "data") },
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
  });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const condition = (id: string, text: string) => ({
  resourceType: "Condition",
  id,
  subject: { reference: "Patient/lighthouse" },
  code: { text },
});

describe("the operator's commands for FHIR", () => {
  test("a folder in any order, lines of NDJSON and standard input: one JSON line, each input and resource once", () => {
    const files = join(folder, "files");
    mkdirSync(files);
    writeFileSync(join(files, "a-condition.json"), JSON.stringify(condition("1", "甲")));
    writeFileSync(join(files, "b.ndjson"), `${JSON.stringify(condition("2", "乙"))}\n\n${JSON.stringify({ resourceType: "Nope" })}\n`);
    writeFileSync(join(files, "z-patient.json"), JSON.stringify(patient));
    const args = ["ingest", "fhir", files, "--facility", facility, "--name", "灯台病院", "--json"];
    const { stdout, status } = hub(args);
    expect(status).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      inputs: 4,
      accepted: 3,
      refused: 1,
      people: 1,
      resources: { accepted: 3, refused: 1 },
      refusals: [{ input: "b.ndjson:2", issues: [{ reason: "r4-invalid" }] }],
    });
    const piped = hub(
      ["ingest", "fhir", "-", "--facility", facility, "--json"],
      JSON.stringify(clins([{ ...condition("3", "丙"), subject: { reference: "urn:uuid:11111111-1111-4111-8111-111111111111" } }])),
    );
    expect(JSON.parse(piped.stdout)).toMatchObject({ inputs: 1, accepted: 1, resources: { accepted: 2 } });
    expect(JSON.parse(hub(args).stdout)).toMatchObject({ inputs: 4, accepted: 0, unchanged: 3, refused: 1 });
  }, 60_000);

  test("a token is shown once; the list has none", () => {
    const made = JSON.parse(hub(["feed", "add", "--facility", facility, "--json"]).stdout) as { id: string; token: string };
    expect(made.token).toMatch(/^tomoshibi-feed-[\w-]{43}$/);
    const list = hub(["feed", "list"]).stdout;
    expect(list).toContain(made.id);
    expect(list).not.toContain(made.token);
    expect(hub(["feed", "remove", made.id]).status).toBe(0);
    expect(hub(["feed", "list"]).stdout).toBe("");
    expect(hub(["feed", "remove", made.id]).stderr).toMatch(/^error not-found/);
  }, 60_000);

  test("what cannot be begun is an error with words", () => {
    expect(hub(["ingest", "fhir", join(folder, "no-such"), "--facility", facility]).stderr).toMatch(/^error ingest-root-missing/);
    expect(hub(["ingest", "fhir", folder, "--facility", "1"]).stderr).toMatch(/^error ingest-facility-bad/);
  }, 60_000);
});
