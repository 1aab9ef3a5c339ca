import { type Bytes, concat } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";

/** Largest plain text of a pack. */
export const INFLATE_LIMIT = 8 * 1024 * 1024;

/**
 * Inflates raw deflate, never holding more than `limit` bytes. Written through a stream writer: for small texts this is several times
 * faster than a Blob's stream. Errors: "pack-inflate-too-large", "pack-malformed".
 */
export async function inflateCapped(deflated: Bytes, limit: number = INFLATE_LIMIT): Promise<Bytes> {
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  // Both fail with the reading side, which reports the fault; here they only must not go unhandled.
  const written = Promise.allSettled([writer.write(deflated), writer.close()]);
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      total += step.value.length;
      if (total > limit) throw new TomoshibiError("pack-inflate-too-large", { limit });
      parts.push(step.value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    if (cause instanceof TomoshibiError) throw cause;
    throw new TomoshibiError("pack-malformed", { field: "deflate" }, { cause });
  }
  await written;
  return concat(...parts);
}
