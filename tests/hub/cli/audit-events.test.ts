import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { auditorOfToken } from "../../../src/hub/audit/auditors.ts";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { validateBase } from "../../../src/hub/ingest/fhir/definitions.ts";
import { openStore } from "../../../src/hub/store/store.ts";
import { balpFaults } from "../audit/balp.ts";
import { chainIn, someone, start } from "../audit/journal.ts";
import { hookServer, mailServer, readMail } from "../audit/receivers.ts";

const folder = mkdtempSync(join(tmpdir(), "tomoshibi-audit-"));
const place = { dataDir: join(folder, "data"), databaseUrl: null };
const clock = { now: () => start, monotonic: () => 0 };

/** The command line in this process: what it prints and its exit code. */
async function hub(args: readonly string[], env: Record<string, string> = {}) {
  const [out, errors]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(console, "log").mockImplementation((text: string) => void out.push(`${text}\n`)),
    vi.spyOn(console, "error").mockImplementation((text: string) => void errors.push(text)),
    vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0),
  ];
  try {
    const status = await runCli(args, { env: { TOMOSHIBI_DATA: place.dataDir, ...env }, clock });
    return { status, stdout: out.join(""), stderr: errors.join("\n") };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeAll(async () => {
  const store = await openStore(place);
  const chain = chainIn(store.db);
  await chain.add("unlock");
  await chain.grant(someone);
  await chain.add("lock", { trusted: start + 86_400_000 });
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("`audit events` writes the journal as NDJSON: valid, by rising time, of the days that are asked, and says that it did", async () => {
  const { status, stdout } = await hub(["audit", "events"]);
  expect(status).toBe(0);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ recorded }: { recorded: string }) => recorded)).toEqual(events.map(({ recorded }) => recorded).sort());
  expect(events.map(({ subtype }) => subtype.at(-1).code)).toEqual([
    "unlock",
    "open-strip",
    "open-strip",
    "open-rest",
    "grant-end",
    "lock",
  ]);
  for (const event of events) expect([await validateBase(event), balpFaults(event)]).toEqual([[], []]);
  const file = join(folder, "events.ndjson");
  const written = await hub(["audit", "events", "--since", "2026-11-21", "--until", "2026-11-21", "--out", file]);
  expect(written).toMatchObject({ status: 0, stdout: '{"events":1}\n' });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ resourceType: "AuditEvent" });
  expect([statSync(file).mode & 0o777, existsSync(`${file}.part`)]).toEqual([0o600, false]);
  expect((await hub(["audit", "events", "--since", "yesterday"])).stderr).toMatch(/^error cli-usage/);
  const looks = (await hub(["auditor", "looks"])).stdout.trim().split("\n");
  expect(looks.map((line) => line.split("\t").slice(1, 5)).sort()).toEqual([
    ["command", "written", "1", "since until"],
    ["command", "written", "6", ""],
  ]);
});

test("`auditor` gives a token once, keeps its hash, lists and takes it back", async () => {
  const { stdout } = await hub(["auditor", "add", "--name", "架空県 監査室", "--json"]);
  const { id, token } = JSON.parse(stdout) as { id: string; token: string };
  const listed = await hub(["auditor", "list"]);
  expect(listed.stdout).toContain(`${id}\t架空県 監査室\t`);
  expect(listed.stdout).not.toContain(token);
  const store = await openStore(place);
  expect([await auditorOfToken(store.db, token), await auditorOfToken(store.db, `${token}x`)]).toEqual([id, null]);
  await store.close();
  expect((await hub(["auditor", "remove", id])).status).toBe(0);
  expect((await hub(["auditor", "remove", id])).stderr).toMatch(/^error not-found/);
  expect((await hub(["auditor", "add", "--name", " "])).stderr).toMatch(/^error cli-usage/);
});

test("`alert test` sends one to every configured place, says which took it, and fails when one did not", async () => {
  expect((await hub(["alert", "test"])).stderr).toMatch(/^error alert-nowhere/);
  const [mail, hook] = [await mailServer(), await hookServer()];
  const env = {
    TOMOSHIBI_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    TOMOSHIBI_ALERT_FROM: "hub@region.example",
    TOMOSHIBI_ALERT_TO: "a@region.example",
    TOMOSHIBI_WEBHOOK_URL: hook.url,
    TOMOSHIBI_WEBHOOK_SECRET: "a secret of thirty-two letters or more",
    TOMOSHIBI_CONSOLE_ORIGIN: "https://console.example",
  };
  const sent = await hub(["alert", "test"], env);
  expect(sent.status).toBe(0);
  expect(
    sent.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).sink),
  ).toEqual(["smtp", "webhook"]);
  expect(JSON.parse(hook.posts[0]?.body ?? "")).toMatchObject({ kind: "test", console: "https://console.example" });
  expect(readMail(mail.mails[0] ?? "")).toContain("送信の試験");
  await hook.close();
  const half = await hub(["alert", "test"], env);
  expect([half.status, half.stderr.split("\n")[0]]).toEqual([1, expect.stringMatching(/^error alert-not-sent \{"webhook":"ECONN/)]);
  expect(mail.mails).toHaveLength(2);
  await mail.close();
  expect((await hub(["alert", "test"], { TOMOSHIBI_SYSLOG_URL: "http://x" })).stderr).toMatch(/^error config-bad-syslog/);
});
