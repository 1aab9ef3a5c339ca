import { expect, test } from "vitest";
import { readWish, takeWish, wishPlace } from "../../../src/viewer/app/wish.ts";

/** What stands in the session's storage and in the address after the page took its wish. */
function after(search: string): { readonly kept: string | null; readonly address: string | null } {
  const kept = new Map<string, string>();
  let address: string | null = null;
  takeWish(
    { pathname: "/", search },
    {
      replaceState(_state, _title, url) {
        address = String(url);
      },
    },
    { setItem: (key, value) => void kept.set(key, value) },
  );
  return { kept: kept.get(wishPlace) ?? null, address };
}

test("a shortcut's wish leaves the address and waits for the unlock", () => {
  expect(after("?to=scan")).toEqual({ kept: "scan", address: "/" });
  expect(after("?to=search")).toEqual({ kept: "search", address: "/" });
});

test("the wish is read once", () => {
  const kept = new Map([[wishPlace, "scan"]]);
  const storage = { getItem: (key: string) => kept.get(key) ?? null, removeItem: (key: string) => void kept.delete(key) };
  expect([readWish(storage), readWish(storage)]).toEqual(["scan", null]);
});

test("anything else in the address is dropped and asks for nothing", () => {
  expect(after("?to=keys")).toEqual({ kept: null, address: "/" });
  expect(after("?name=%E7%81%AF%E5%8F%B0&to=")).toEqual({ kept: null, address: "/" });
  expect(after("")).toEqual({ kept: null, address: null });
});
