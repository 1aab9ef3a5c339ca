import { type ErrorCode, errorCodes } from "../../shared/error.ts";

const place = "tomoshibi-lock-fault";
type Place = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Remembers over the reload that a lock was not written to the journal: the error's code, nothing else. */
export function keepLockFault(storage: Place, code: ErrorCode): void {
  storage.setItem(place, code);
}

export function readLockFault(storage: Place): ErrorCode | null {
  const kept = storage.getItem(place);
  return errorCodes.find((code) => code === kept) ?? null;
}

export function clearLockFault(storage: Place): void {
  storage.removeItem(place);
}
