import { describe, expect, test } from "vitest";
import { runCli } from "../../../src/hub/cli/cli.ts";
import { staffOfReviewer } from "../../../src/hub/store/reviewMore.ts";
import { openStore } from "../../../src/hub/store/store.ts";
import { enrolled, entry, push, registered } from "../routes/device.ts";
import { start, testRegion } from "../routes/region.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();

async function run(dataDir: string, args: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const said: string[] = [];
  const failed: string[] = [];
  const { log, error } = console;
  console.log = (...words: unknown[]) => void said.push(words.join(" "));
  console.error = (...words: unknown[]) => void failed.push(words.join(" "));
  try {
    const status = await runCli(args, { env: { TOMOSHIBI_DATA: dataDir }, clock: { now: () => start, monotonic: () => start } });
    return { status, out: said.join("\n"), error: failed.join("\n") };
  } finally {
    console.log = log;
    console.error = error;
  }
}

describe("hub -- review", () => {
  test("report tells a month's numbers as one JSON line and as text, and names nobody in either", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const device = await enrolled(region);
    const member = await registered(device, "灯台 一郎");
    await push(device, [await entry(device, "open-strip", { staff: member, body: { reason: "disaster", note: "秘密" } })]);
    const { dataDir } = region.store;
    const json = await run(dataDir, ["review", "report", "--month", "2026-11", "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ month: "2026-11", openings: 1, byReason: [{ name: "disaster", count: 1 }] });
    const text = await run(dataDir, ["review", "report", "--month", "2026-11"]);
    expect(text.out).toContain("2026-11: 1 emergency openings");
    for (const secret of ["灯台 一郎", "架空", "秘密", member.id]) expect(json.out + text.out).not.toContain(secret);
    const bad = await run(dataDir, ["review", "report", "--month", "November"]);
    expect([bad.status, bad.error.split(" ").slice(0, 2).join(" ")]).toEqual([1, "error bad-request"]);
  });

  test("link says which member a reviewer is, and refuses one that nobody is", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const { dataDir } = region.store;
    const { id } = await region.member("灯台 一郎");
    expect((await run(dataDir, ["review", "link", "確認 太郎", id])).status).toBe(0);
    expect((await run(dataDir, ["review", "link", "確認 太郎", "nobody"])).error).toContain("staff-unknown");
    const store = await openStore({ dataDir, databaseUrl: null });
    expect(await staffOfReviewer(store.db, "確認 太郎")).toEqual([id]);
    await store.close();
  });
});
