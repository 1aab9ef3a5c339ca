import { TomoshibiError } from "../../../shared/error.ts";

/** A DICOMweb archive: its base without a closing slash, and what it is asked with. */
export interface Archive {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

/** An archive by its URL; a name and password in it become a header and are no part of the base. Throws dicomweb-bad-url. */
export function archiveAt(url: string, http: typeof fetch, timeoutMs = 60_000): Archive {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "")
    throw new TomoshibiError("dicomweb-bad-url", { reason: "not-a-base" });
  const user = decodeURIComponent(parsed.username);
  const headers: Record<string, string> = user === "" ? {} : { authorization: basic(user, decodeURIComponent(parsed.password)) };
  parsed.username = "";
  parsed.password = "";
  return { base: parsed.href.replace(/\/+$/, ""), headers, fetch: http, timeoutMs };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** One request; redirects are not followed, since a password would go with them. Throws dicomweb-failed when nobody answers. */
export async function reach({ base, headers, fetch, timeoutMs }: Archive, path: string, accept: string): Promise<Response> {
  try {
    return await fetch(`${base}${path}`, { headers: { ...headers, accept }, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
  } catch (cause) {
    throw failed({ reason: "unreachable" }, cause);
  }
}

export function failed(detail: Readonly<Record<string, string | number>>, cause?: unknown): TomoshibiError {
  return new TomoshibiError("dicomweb-failed", detail, { cause });
}
