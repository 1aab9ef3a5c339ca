import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { clins, facility, patient } from "../ingest/fhir/fixtures.ts";

const main = fileURLToPath(new URL("../../../src/hub/cli/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tomoshibi-fhir-"));
const around = {
  env: { TOMOSHIBI_DATA: join(folder, "data") },
  clock: { now: () => Date.UTC(2026, 0, 2), monotonic: () => 0 },
};

/** The command line in this process: what it prints and its exit code. */
async function hub(args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const out: string[] = [];
  const errors: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((text: string) => void out.push(text));
  const error = vi.spyOn(console, "error").mockImplementation((text: string) => void errors.push(text));
  try {
    return { status: await runCli(args, around), stdout: out.join("\n"), stderr: errors.join("\n") };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const condition = (id: string, text: string) => ({
  resourceType: "Condition",
  id,
  subject: { reference: "Patient/lighthouse" },
  code: { text },
});

describe("the operator's commands for FHIR", () => {
  test("a folder in any order, lines of NDJSON and standard input: one JSON line, each input and resource once", async () => {
    const files = join(folder, "files");
    mkdirSync(files);
    writeFileSync(join(files, "a-condition.json"), JSON.stringify(condition("1", "甲")));
    writeFileSync(join(files, "b.ndjson"), `${JSON.stringify(condition("2", "乙"))}\n\n${JSON.stringify({ resourceType: "Nope" })}\n`);
    writeFileSync(join(files, "z-patient.json"), JSON.stringify(patient));
    const args = ["ingest", "fhir", files, "--facility", facility, "--name", "灯台病院", "--json"];
    const { stdout, status } = await hub(args);
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
    const piped = spawnSync(process.execPath, ["--import", "tsx", main, "ingest", "fhir", "-", "--facility", facility, "--json"], {
      env: { PATH: process.env.PATH, ...around.env },
      encoding: "utf8",
      input: JSON.stringify(clins([{ ...condition("3", "丙"), subject: { reference: "urn:uuid:11111111-1111-4111-8111-111111111111" } }])),
    });
    expect(JSON.parse(piped.stdout)).toMatchObject({ inputs: 1, accepted: 1, resources: { accepted: 2 } });
    expect(JSON.parse((await hub(args)).stdout)).toMatchObject({ inputs: 4, accepted: 0, unchanged: 3, refused: 1 });
  }, 60_000);

  test("a token is shown once; the list has none", async () => {
    const made = JSON.parse((await hub(["feed", "add", "--facility", facility, "--json"])).stdout) as { id: string; token: string };
    expect(made.token).toMatch(/^tomoshibi-feed-[\w-]{43}$/);
    const list = (await hub(["feed", "list"])).stdout;
    expect(list).toContain(made.id);
    expect(list).not.toContain(made.token);
    expect((await hub(["feed", "remove", made.id])).status).toBe(0);
    expect((await hub(["feed", "list"])).stdout).toBe("");
    expect((await hub(["feed", "remove", made.id])).stderr).toMatch(/^error not-found/);
  }, 60_000);

  test("what cannot be begun is an error with words", async () => {
    expect((await hub(["ingest", "fhir", join(folder, "no-such"), "--facility", facility])).stderr).toMatch(/^error ingest-root-missing/);
    expect((await hub(["ingest", "fhir", folder, "--facility", "1"])).stderr).toMatch(/^error ingest-facility-bad/);
  }, 60_000);
});
