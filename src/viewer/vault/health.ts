/** Whether the browser promised to keep our storage. */

/** Asks for persistence once, at enrolment; null where the browser cannot say. */
export async function askPersistence(): Promise<boolean | null> {
  if (typeof navigator === "undefined" || !navigator.storage?.persist) return null;
  return navigator.storage.persist();
}

export async function isPersisted(): Promise<boolean | null> {
  if (typeof navigator === "undefined" || !navigator.storage?.persisted) return null;
  return navigator.storage.persisted();
}
