/**
 * Where a shortcut of the installed app leads ("/?to=scan"): taken from the address before anything else, so that it stands neither there nor
 * in the history, and kept in this tab's session until somebody has unlocked (Inside.tsx reads it once). Says nothing of a patient.
 */
export const wishPlace = "tomoshibi-to";

const wishes = ["scan", "search"] as const;
export type Wish = (typeof wishes)[number];

/** What was wished before the unlock, asked once. */
export function readWish(storage: Pick<Storage, "getItem" | "removeItem">): Wish | null {
  const asked = storage.getItem(wishPlace);
  storage.removeItem(wishPlace);
  return wishes.find((known) => known === asked) ?? null;
}

/** Whatever else stands in the address is dropped with it: nothing there is of any use to this page. */
export function takeWish(
  address: Pick<Location, "pathname" | "search">,
  history: Pick<History, "replaceState">,
  storage: Pick<Storage, "setItem">,
): void {
  if (address.search === "") return;
  const asked = new URLSearchParams(address.search).get("to");
  const wish = wishes.find((known) => known === asked);
  history.replaceState(null, "", address.pathname);
  if (wish !== undefined) storage.setItem(wishPlace, wish);
}
