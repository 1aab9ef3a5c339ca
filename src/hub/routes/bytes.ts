import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { Context } from "hono";
import type { Bytes } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { isContentName } from "../../shared/protocol/files.ts";

const noStore = { "cache-control": "no-store" };

export function cborAnswer(body: Bytes): Response {
  return new Response(body, { headers: { ...noStore, "content-type": "application/cbor" } });
}

/** With an ETag: who has it already gets 304. */
export function coseAnswer(body: Bytes, context?: Context): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = { ...noStore, "content-type": "application/cose", etag };
  return context?.req.header("if-none-match") === etag ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

/** The name in the path; anything but 43 canonical base64url letters is "not-found", so that nothing else reaches a disk. */
export function contentName(context: Context): string {
  const name = context.req.param("name") ?? "";
  if (!isContentName(name)) throw new TomoshibiError("not-found");
  return name;
}

/** Immutable bytes, whole or one range of them (RFC 9110 §14); null: "not-found". */
export async function bytesAnswer(context: Context, bytes: Bytes | null, name: string, scope: Scope): Promise<Response> {
  if (bytes === null) throw new TomoshibiError("not-found");
  return await immutable(context, bytes.length, name, scope, async (first, last) => bytes.subarray(first, last + 1));
}

/** The same of a file of a few megabytes at most; only the range is read. */
export async function fileAnswer(context: Context, path: string, name: string, scope: Scope): Promise<Response> {
  const file = await openFile(path);
  if (file === null) throw new TomoshibiError("not-found");
  try {
    const { size } = await file.stat();
    return await immutable(context, size, name, scope, async (first, last) => {
      const bytes = new Uint8Array(last - first + 1);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, first);
      if (bytesRead !== bytes.length) throw new TomoshibiError("internal", { file: name, bytes: bytesRead });
      return bytes;
    });
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

type Scope = "public" | "private";

async function immutable(
  context: Context,
  size: number,
  name: string,
  scope: Scope,
  read: (first: number, last: number) => Promise<Bytes>,
): Promise<Response> {
  const headers = new Headers({
    "content-type": "application/octet-stream",
    "cache-control": `${scope}, max-age=31536000, immutable`,
    "accept-ranges": "bytes",
    etag: `"${name}"`,
  });
  if (context.req.header("if-none-match") === `"${name}"`) return new Response(null, { status: 304, headers });
  const range = rangeOf(context.req.header("range"), size);
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  headers.set("content-length", String(last - first + 1));
  if (range !== null) headers.set("content-range", `bytes ${first}-${last}/${size}`);
  const status = range === null ? 200 : 206;
  return new Response(context.req.method === "HEAD" || size === 0 ? null : await read(first, last), { status, headers });
}

/** One range; several, or another unit, are answered whole. null: no range asked. */
function rangeOf(header: string | undefined, size: number): { first: number; last: number } | "unsatisfiable" | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first > last || first >= size || (from === "" && Number(to) === 0) ? "unsatisfiable" : { first, last };
}
