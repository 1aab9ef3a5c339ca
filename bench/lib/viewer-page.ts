/** A page with the viewer's real rooms in a real Chromium, and a hub on loopback that serves it: for measuring from inside the page. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import react from "@vitejs/plugin-react";
import { chromium, type Page } from "playwright-core";
import { build } from "vite";
import { toBase64Url } from "../../src/shared/bytes.ts";
import { chromiumArgs } from "../../tests/browser/lib/browser.ts";
import { answer } from "../../tests/msw/answer.ts";
import { makeTestHub, type TestHub } from "../../tests/msw/hub.ts";
import { populationOf } from "./population.ts";

export interface ViewerPage {
  readonly page: Page;
  readonly hub: TestHub;
  close(): Promise<void>;
}

/** Publishes the population, builds and opens the page, enrols it and pulls once. packs: false leaves the index alone. */
export async function viewerPage(people: number, packs: boolean, queries = 200): Promise<ViewerPage> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-bench-"));
  const population = populationOf(people, queries);
  const hub = await makeTestHub();
  await hub.publish({ people: population.count, person: population.person, packs, perBundle: 600 });
  await build({
    root: resolve(import.meta.dirname, "../page"),
    configFile: false,
    logLevel: "error",
    plugins: [react()],
    build: { target: "es2022", outDir: join(folder, "dist"), emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  const server = createServer(
    getRequestListener(async (request) => {
      const path = new URL(request.url).pathname;
      if (path.startsWith("/api/") || path.startsWith("/bundles/") || path.startsWith("/packs/")) return answer(hub, request);
      if (path === "/bench/setting") {
        if (hub.device) hub.device.approved = true;
        return Response.json({
          code: hub.code,
          staffCode: hub.staffCode,
          ek: toBase64Url(hub.published?.sealed.ek ?? new Uint8Array(0)),
          queries: population.queries,
        });
      }
      const file = path === "/" ? "index.html" : path.slice(1);
      const type = file.endsWith(".js") ? "text/javascript" : file.endsWith(".css") ? "text/css" : "text/html; charset=utf-8";
      return new Response(readFileSync(join(folder, "dist", file.replaceAll("..", ""))), { headers: { "content-type": type } });
    }),
  );
  await new Promise<void>((done) => server.listen(0, "localhost", done));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.TOMOSHIBI_TEST_CHROMIUM ?? "/usr/bin/chromium",
    args: chromiumArgs,
  });
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(origin);
  await page.waitForFunction("'bench' in window");
  await page.evaluate("bench.setUp()");
  return {
    page,
    hub,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
