import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { testStores } from "../store/open.ts";
import { dial, framed, query, segmentsOf } from "./client.ts";

const stores = testStores();

async function served(env: Record<string, string>) {
  const { dataDir } = await stores.place("sqlite");
  const child = spawn(process.execPath, ["--import", "tsx", "src/hub/cli/main.ts", "serve"], {
    env: { PATH: process.env.PATH ?? "", TOMOSHIBI_DATA: dataDir, TOMOSHIBI_PORT: "0", TOMOSHIBI_CONSOLE_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { said: JSON.parse(line) as { mllp?: number }, child };
}

it("`serve` answers over MLLP where a port is set, ends when asked, and is silent about it where none is", async () => {
  const on = await served({ TOMOSHIBI_MLLP_PORT: "0" });
  const peer = await dial(on.said.mllp ?? 0);
  peer.send(framed(query("Q22", ["QPD|IHE PDQ Query|t|@PID.5.1.1^灯台", "RCP|I"])));
  expect(segmentsOf(await peer.next(), "QAK")).toEqual(["QAK|t|NF|IHE PDQ Query|0|0|0"]);
  on.child.kill("SIGTERM");
  expect(await once(on.child, "exit")).toEqual([0, null]);
  await peer.closed;
  const off = await served({});
  expect(off.said).not.toHaveProperty("mllp");
  off.child.kill("SIGTERM");
  expect(await once(off.child, "exit")).toEqual([0, null]);
}, 60_000);
