import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { raiseAlert } from "../../../src/hub/store/journal.ts";
import type { Db } from "../../../src/hub/store/store.ts";
import { testStores } from "../store/open.ts";
import { selfSigned } from "./certificate.ts";
import { collect, parseSyslog, until } from "./collector.ts";
import { chainIn } from "./journal.ts";
import { hookServer, mailServer, readMail } from "./receivers.ts";

const stores = testStores();

async function serve(env: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/hub/cli/main.ts", "serve"], {
    env: { PATH: process.env.PATH ?? "", TOMOSHIBI_PORT: "0", TOMOSHIBI_CONSOLE_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.on("data", (bytes: Buffer) => void errors.push(bytes.toString()));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, errors, said: JSON.parse(line) as { console: string } };
}

async function listensForAlerts(db: Db): Promise<void> {
  const begun = db.selectFrom("forward_cursor").select("seq").where("consumer", "=", "alerts");
  while ((await begun.executeTakeFirst()) === undefined) await new Promise((done) => setTimeout(done, 50));
}

test("`serve` forwards by TLS and tells by STARTTLS with a password, loses nothing to a kill while all are down, and ends when asked", async () => {
  const place = await stores.place("sqlite");
  const { db } = await stores.reopen(place);
  const chain = chainIn(db);
  for (let i = 0; i < 5; i++) await chain.add("lock");
  const tls = selfSigned();
  const authority = join(place.dataDir, "authority.pem");
  writeFileSync(authority, tls.cert);
  const starttls = { ...tls, disabledCommands: [], authOptional: false };

  const [down, mailDown, hookDown] = [await collect(), await mailServer(starttls), await hookServer()];
  await Promise.all([down.kill(), mailDown.close(), hookDown.close()]);
  const env = {
    TOMOSHIBI_DATA: place.dataDir,
    NODE_EXTRA_CA_CERTS: authority,
    TOMOSHIBI_SYSLOG_URL: `tls://127.0.0.1:${down.port}`,
    TOMOSHIBI_SMTP_URL: `smtp://hub:ge%20heim@127.0.0.1:${mailDown.port}`,
    TOMOSHIBI_ALERT_FROM: "hub@region.example",
    TOMOSHIBI_ALERT_TO: "a@region.example,b@region.example",
    TOMOSHIBI_WEBHOOK_URL: hookDown.url,
    TOMOSHIBI_WEBHOOK_SECRET: "a secret of thirty-two letters or more",
  };
  const first = await serve(env);
  await listensForAlerts(db);
  await raiseAlert(db, { kind: "envelope-used", device: "", chain: "", seq: 0, at: Date.now() });
  const queued = db.selectFrom("alert_mail").select("id");
  while ((await queued.execute()).length < 2) await new Promise((done) => setTimeout(done, 50));
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const collector = await collect({ port: down.port, tls });
  const mail = await mailServer(starttls, mailDown.port);
  const hook = await hookServer(() => 200, hookDown.port);
  const second = await serve(env);
  await until(() => collector.messages.length >= 5 && mail.mails.length >= 1 && hook.posts.length >= 1, 50_000);
  expect(collector.messages.map((message) => parseSyslog(message).data.seq).slice(0, 5)).toEqual(["1", "2", "3", "4", "5"]);
  expect(mail.logins).toEqual([{ password: "ge heim", secure: true }]);
  const text = readMail(mail.mails[0] ?? "");
  expect(text).toContain("封印封筒が使われた");
  expect(text).toContain(second.said.console);
  expect(JSON.parse(hook.posts[0]?.body ?? "")).toMatchObject({ kind: "envelope-used", console: second.said.console });
  const began = performance.now();
  second.child.kill("SIGTERM");
  expect(await once(second.child, "exit")).toEqual([0, null]);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(second.errors.join("")).not.toContain("heim");
  await Promise.all([collector.kill(), mail.close(), hook.close()]);
}, 120_000);
