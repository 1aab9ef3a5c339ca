import { createHash } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context } from "hono";

/** A built page's folder (dist/viewer, dist/console), served with compression and caching. */
export interface StaticFiles {
  /** The file of this path, or null when there is none. */
  serve(context: Context): Promise<Response | null>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};
const squeezed = new Set([".html", ".js", ".css", ".json", ".webmanifest", ".svg", ".wasm"]);
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
type Encoding = "br" | "gzip" | "identity";

/** Only plain names ("assets/index-abc.js") reach the disk: no dots in front, no "..", no link. */
export function staticFiles(folder: string): StaticFiles {
  const cache = new Map<string, { stamp: string; body: Buffer<ArrayBuffer> }>();

  async function bodyOf(path: string, stamp: string, encoding: Encoding): Promise<Buffer<ArrayBuffer>> {
    const key = `${encoding} ${path}`;
    const known = cache.get(key);
    if (known?.stamp === stamp) return known.body;
    const raw = Buffer.from(await readFile(join(folder, path)));
    const body = Buffer.from(
      encoding === "identity"
        ? raw
        : encoding === "gzip"
          ? await gzipped(raw)
          : await brotli(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    );
    cache.set(key, { stamp, body });
    return body;
  }

  return {
    async serve(context) {
      const asked = new URL(context.req.url).pathname;
      const path = asked === "/" ? "index.html" : asked.slice(1);
      if (!/^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(path)) return null;
      const type = types[extname(path)];
      const stat = type === undefined ? null : await lstat(join(folder, path)).catch(() => null);
      if (type === undefined || stat === null || !stat.isFile()) return null;
      const stamp = `${stat.mtimeMs}/${stat.size}`;
      const encoding =
        squeezed.has(extname(path)) && stat.size > 1024 ? encodingOf(context.req.header("accept-encoding") ?? "") : "identity";
      const etag = `"${createHash("sha256").update(`${stamp}/${encoding}`).digest("base64url").slice(0, 22)}"`;
      const headers = new Headers({ "content-type": type, etag, vary: "accept-encoding", "cache-control": cachingOf(path) });
      if (encoding !== "identity") headers.set("content-encoding", encoding);
      if (context.req.header("if-none-match") === etag) return new Response(null, { status: 304, headers });
      const body = await bodyOf(path, stamp, encoding);
      headers.set("content-length", String(body.length));
      return new Response(context.req.method === "HEAD" ? null : body, { headers });
    },
  };
}

/** Names under assets/ carry a hash of their content; everything else is asked for again. */
function cachingOf(path: string): string {
  return path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

function encodingOf(accepted: string): Encoding {
  const names = accepted.split(",").map((part) => part.trim());
  const takes = (name: string) => names.some((part) => part === name || (part.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(part)));
  return takes("br") ? "br" : takes("gzip") ? "gzip" : "identity";
}
