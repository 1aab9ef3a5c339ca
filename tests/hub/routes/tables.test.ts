import { expect, test } from "vitest";
import { importMaster } from "../../../src/hub/flow/masters.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { consolePaths } from "../../../src/shared/protocol/console.ts";
import { parseTables, tablesPath } from "../../../src/shared/protocol/masters.ts";
import { projectTable } from "../../../src/shared/summary/rules.ts";
import { hotMaster, sjis } from "../ingest/masters/fixtures.ts";
import { testStores } from "../store/open.ts";
import { testRegion } from "./region.ts";

const stores = testStores();
const origin = "http://console.localhost:8788";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";

test("the console shows who is signed in which masters are in force and of which day, and nobody else", async () => {
  const region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, "見本 確認", passphrase);
  const signIn = await region.console(
    new Request(origin + consolePaths.signIn, {
      method: "POST",
      headers: { origin, host: "console.localhost:8788", "content-type": "application/json" },
      body: JSON.stringify({ name: "見本 確認", passphrase }),
    }),
  );
  const cookie = (signIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const ask = (headers: Record<string, string>) => region.console(new Request(origin + tablesPath, { headers }));
  expect((await ask({})).status).toBe(401);
  const rules = { version: projectTable.version, date: projectTable.date };
  expect(parseTables(await (await ask({ cookie })).json())).toEqual({ masters: [], rules });
  const order = { kind: "hot" as const, file: "MEDIS20261031.TXT", bytes: sjis(hotMaster()), date: null, smaller: false };
  await importMaster(region.store, order, "2026-11-01T00:00:00.000Z");
  expect(parseTables(await (await ask({ cookie })).json()).masters).toEqual([
    { kind: "hot", date: "2026-10-31", file: "MEDIS20261031.TXT", imported: Date.UTC(2026, 10, 1), read: 6, taken: 6 },
  ]);
});
