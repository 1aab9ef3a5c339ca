/** Serves a copy of the built viewer, which a test may change like a new release, in front of a real hub. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize, resolve } from "node:path";
import { contentTypes } from "../../../bench/lib/serve.ts";

export interface ShellServer {
  readonly origin: string;
  /** A new release: the page says `mark` in its title attribute, and the worker lists the new page. */
  release(mark: string): void;
  close(): Promise<void>;
}

export async function serveShell(hubPort: number): Promise<ShellServer> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-shell-"));
  cpSync(resolve(import.meta.dirname, "../../../dist/viewer"), folder, { recursive: true });
  const server = createServer((asked, answer) => {
    const path = normalize(new URL(asked.url ?? "/", "http://localhost").pathname);
    if (/^\/(api|packs|bundles)\//.test(path)) {
      const onward = request({ host: "127.0.0.1", port: hubPort, method: asked.method, path: asked.url, headers: asked.headers }, (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      });
      onward.on("error", () => answer.writeHead(502).end());
      asked.pipe(onward);
      return;
    }
    try {
      const file = path === "/" ? "/index.html" : path;
      const body = readFileSync(join(folder, file));
      answer
        .writeHead(200, { "content-type": contentTypes[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache" })
        .end(body);
    } catch (error) {
      answer.writeHead(404).end(String(error));
    }
  });
  await new Promise<void>((done) => server.listen(0, "localhost", done));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    release: (mark) => {
      const page = join(folder, "index.html");
      writeFileSync(page, readFileSync(page, "utf8").replace("<html ", `<html data-release="${mark}" `));
      const worker = join(folder, "worker.js");
      const before = readFileSync(worker, "utf8");
      const listed = before.replace(/("revision":")[0-9a-f]{32}(","url":"index\.html")/, `$1${mark.padEnd(32, "0")}$2`);
      if (listed === before) throw new Error("the worker's list does not look as this test expects");
      writeFileSync(worker, listed);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
