import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { searchResidue } from "./lib/residue.ts";

/** The positive control of the residue search: what is planted in the clear must be found, or "nothing found" means nothing. */
describe("the residue search itself", () => {
  let server: Server;
  let origin = "";

  beforeAll(async () => {
    server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<!doctype html><title>control</title>"));
    await new Promise<void>((done) => server.listen(0, "localhost", done));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it("finds a name planted in IndexedDB, raw in the log and decompressed from Snappy tables", async () => {
    const profile = newProfile();
    const { context, page } = await openBrowser(profile);
    await page.goto(origin);
    await page.evaluate(async () => {
      const open = indexedDB.open("control", 1);
      const db = await new Promise<IDBDatabase>((done) => {
        open.onupgradeneeded = () => open.result.createObjectStore("rows");
        open.onsuccess = () => done(open.result);
      });
      for (let batch = 0; batch < 30; batch++) {
        const change = db.transaction("rows", "readwrite", { durability: "strict" });
        for (let i = 0; i < 20; i++)
          change.objectStore("rows").put({ name: "架空灯太郎", padding: `padding ${batch} `.repeat(2000) }, batch * 20 + i);
        await new Promise((done) => {
          change.oncomplete = done;
        });
      }
      const last = db.transaction("rows", "readwrite", { durability: "strict" });
      last.objectStore("rows").put({ name: "標本最後子" }, 999_999);
      await new Promise((done) => {
        last.oncomplete = done;
      });
    });
    await context.close();

    const report = searchResidue(profile, ["架空灯太郎", "標本最後子", "この名前は無い"]);
    rmSync(profile, { recursive: true, force: true });
    expect(report.unread).toBe(0);
    expect(report.tables).toBeGreaterThan(0);
    const found = (needle: string) => report.found.filter((one) => one.needle === needle);
    expect(found("架空灯太郎").some((one) => one.file.endsWith(".ldb"))).toBe(true);
    expect(found("標本最後子")).not.toEqual([]);
    expect(found("この名前は無い")).toEqual([]);
  });

  it.each([
    ["utf-8", Buffer.from("x架空灯太郎y")],
    ["utf-16le", Buffer.from("x架空灯太郎y", "utf16le")],
    ["json-escaped", Buffer.from('{"n":"\\u67b6\\u7a7a\\u706f\\u592a\\u90ce"}')],
    ["base64 of utf-8 +0", Buffer.from(Buffer.from("架空灯太郎").toString("base64"))],
    ["base64 of utf-8 +1", Buffer.from(Buffer.from("x架空灯太郎").toString("base64"))],
    ["base64 of utf-8 +2", Buffer.from(Buffer.from("xy架空灯太郎zz").toString("base64"))],
  ])("finds the form %s", (form, bytes) => {
    const folder = mkdtempSync(join(tmpdir(), "tomoshibi-forms-"));
    writeFileSync(join(folder, "file.bin"), bytes);
    const report = searchResidue(folder, ["架空灯太郎"]);
    rmSync(folder, { recursive: true, force: true });
    expect(report.found.map((one) => one.form)).toContain(form);
  });
});
