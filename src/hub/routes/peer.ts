import { isIP } from "node:net";
import type { Context } from "hono";

/** What the server knows of who sent a request, beside the request. */
export interface Peer {
  /** Of the other end of the connection. */
  readonly address: string;
}

/**
 * The address that limits count by: of the connection, or, where that is a trusted proxy's, the last one in X-Forwarded-For that is not.
 * What an untrusted sender writes there counts nothing. An IPv6 network of a household (/64) is one address.
 */
export function addressOf(context: Context, proxies: readonly string[]): string {
  const peer = (context.env as Partial<Peer> | undefined)?.address ?? "";
  if (!proxies.includes(plain(peer))) return counted(peer);
  const forwarded = (context.req.header("x-forwarded-for") ?? "").split(",").map((part) => plain(part.trim()));
  const last = forwarded.reverse().find((address) => isIP(address) !== 0 && !proxies.includes(address));
  return counted(last ?? peer);
}

/** IPv4 in its IPv6 clothes is IPv4. */
function plain(address: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address;
}

function counted(address: string): string {
  const known = plain(address);
  if (isIP(known) !== 6) return known;
  const [head = "", tail] = known.split("%")[0]?.split("::") ?? [];
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: Math.max(0, gap) }, () => "0"), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
