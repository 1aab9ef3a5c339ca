import type { Bytes } from "../../shared/bytes.ts";
import { concat } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";

const bodyMs = 60_000;

/**
 * The request's body, at most `limit` bytes and within a minute. Stops reading where it grows too large ("too-large");
 * a sender that dribbles is cut off ("bad-request", reason "slow").
 */
export async function readBody(request: Request, limit: number, withinMs = bodyMs): Promise<Bytes> {
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > limit) throw new TomoshibiError("too-large", { limit });
  if (request.body === null) return new Uint8Array(0);
  const reader = request.body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TomoshibiError("bad-request", { field: "body", reason: "slow" })), withinMs);
  });
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), slow]);
      if (done) return concat(...parts);
      length += value.length;
      if (length > limit) throw new TomoshibiError("too-large", { limit });
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
