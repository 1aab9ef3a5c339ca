/** Which program lies on this device: what the worker has stored is what starts when there is no network. */

/** As the worker's library names its cache (workbox). */
const shellCache = /-precache-/;

/**
 * stored: the page itself is there. build: the first 16 hex digits of SHA-256 over the names of all stored files, which carry their own
 * hashes; two devices that show the same have the same program. The operator's side: docs/readiness.md.
 */
export async function storedProgram(caches: CacheStorage): Promise<{ readonly stored: boolean; readonly build: string }> {
  const names: string[] = [];
  for (const cache of await caches.keys()) {
    if (!shellCache.test(cache)) continue;
    for (const { url } of await (await caches.open(cache)).keys()) names.push(withoutOrigin(url));
  }
  const stored = names.some((name) => name.startsWith("/index.html"));
  return { stored, build: stored ? await buildOf(names) : "" };
}

export async function buildOf(names: readonly string[]): Promise<string> {
  const listed = [...new Set(names)].sort().join("\n");
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(listed)));
  return [...hash.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function withoutOrigin(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
