/** What a browser's storage says when it fails, in our codes. */
import { TomoshibiError } from "../../shared/error.ts";

/**
 * Runs storage work; a full disk or quota becomes "storage-full", any other storage failure "storage-failed".
 * estimate() is no guide (a fixed 10 GiB in Chromium whatever the real quota), so only the failed write itself tells.
 */
export async function stored<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TomoshibiError) throw cause;
    throw new TomoshibiError(isQuota(cause) ? "storage-full" : "storage-failed", {}, { cause });
  }
}

function isQuota(error: unknown, depth = 0): boolean {
  if (depth > 4 || typeof error !== "object" || error === null) return false;
  if ("name" in error && error.name === "QuotaExceededError") return true;
  if ("inner" in error && isQuota(error.inner, depth + 1)) return true;
  if ("cause" in error && isQuota(error.cause, depth + 1)) return true;
  return "failures" in error && Array.isArray(error.failures) && error.failures.some((each) => isQuota(each, depth + 1));
}
