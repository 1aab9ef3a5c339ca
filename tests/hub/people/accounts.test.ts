import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { bindReviewer, reviewerOfOidc } from "../../../src/hub/people/bindings.ts";
import { acceptInvite, invited, inviteReviewer } from "../../../src/hub/people/invites.ts";
import { keepPasskey, removePasskey } from "../../../src/hub/people/passkeys.ts";
import { type AccountDeps, addReviewer, isReviewer, listReviewers, removeReviewer, standingOf } from "../../../src/hub/people/reviewers.ts";
import { notePasskeyUse, type PasskeyRow } from "../../../src/hub/store/reviewer-key.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();
const name = "見本 確認";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
const issuer = "https://login.example.jp";
const key = (id: string, reviewer = name): PasskeyRow => {
  const made = { id, reviewer, label: "鍵", public_key: new Uint8Array([1, 2, 3]), counter: 0 };
  return { ...made, transports: "internal", created: 1, used: 0 };
};

describe.each(dialects)("accounts of the console on %s", (dialect) => {
  let deps: AccountDeps;
  beforeAll(async () => {
    deps = { db: (await stores.open(dialect)).db, clock: { now: () => 1_000_000, monotonic: () => 0 } };
  });

  test("made before roles were keep everything they could", async () => {
    // As the hub of before wrote it.
    await sql`insert into reviewer (name, hash, created) values (${"旧 来"}, ${"scrypt$1$1$1$$"}, ${1})`.execute(deps.db);
    expect((await standingOf(deps.db, "旧 来"))?.roles).toEqual(["reviewer", "operator"]);
  });

  test("get the roles they are given, and keep them when the passphrase is changed", async () => {
    await addReviewer(deps, name, passphrase, ["auditor"]);
    expect(await standingOf(deps.db, name)).toMatchObject({ roles: ["auditor"], generation: 0 });
    await addReviewer(deps, name, `${passphrase} x`);
    expect(await standingOf(deps.db, name)).toMatchObject({ roles: ["auditor"], generation: 1 });
    await inviteReviewer(deps, name, ["reviewer", "auditor"]);
    expect((await standingOf(deps.db, name))?.roles).toEqual(["reviewer", "auditor"]);
    expect(await isReviewer(deps.db, name, `${passphrase} x`)).toBe(true);
  });

  test("have names that a person can read", async () => {
    for (const bad of ["", " ", "a\nb", "見本\u202e", "x".repeat(121)])
      await expect(addReviewer(deps, bad, passphrase)).rejects.toMatchObject({ code: "cli-usage" });
  });

  test("of one invitation and one passkey at once: all or nothing", async () => {
    const { code } = await inviteReviewer(deps, "灯台 新任", ["reviewer"]);
    const { id, reviewer } = await invited(deps, code);
    await keepPasskey(deps.db, key("taken"));
    await expect(acceptInvite(deps, id, key("taken", reviewer))).rejects.toMatchObject({ code: "passkey-refused" });
    const both = await Promise.allSettled([acceptInvite(deps, id, key("k1", reviewer)), acceptInvite(deps, id, key("k2", reviewer))]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await listReviewers(deps.db)).find((one) => one.name === reviewer)).toMatchObject({ passkeys: 1, passphrase: false });
  });

  test("of two uses of one passkey at the same counter, one counts", async () => {
    await keepPasskey(deps.db, key("counting"));
    const both = await Promise.all([notePasskeyUse(deps.db, "counting", 0, 5, 2), notePasskeyUse(deps.db, "counting", 0, 5, 2)]);
    expect(both.sort()).toEqual([false, true]);
  });

  test("whose last passkey somebody tries to remove keep it", async () => {
    await inviteReviewer(deps, "灯台 一鍵", null);
    await keepPasskey(deps.db, key("only", "灯台 一鍵"));
    await expect(removePasskey(deps.db, "灯台 一鍵", "only", false)).rejects.toMatchObject({ code: "passkey-last" });
    await keepPasskey(deps.db, key("second", "灯台 一鍵"));
    await removePasskey(deps.db, "灯台 一鍵", "only", false);
    await removePasskey(deps.db, "灯台 一鍵", "second", true);
  });

  test("are bound to users of a provider by the operator alone, an address to whoever first came with it", async () => {
    await expect(bindReviewer(deps.db, issuer, "だれも", { sub: "x" })).rejects.toMatchObject({ code: "not-found" });
    for (const email of ["", "no-at-sign", "a b@example.jp"])
      await expect(bindReviewer(deps.db, issuer, name, { email })).rejects.toMatchObject({ code: "cli-usage" });
    await bindReviewer(deps.db, issuer, name, { email: "Kakunin@Example.JP" });
    const came = (sub: string, email: string | null, from = issuer) => reviewerOfOidc(deps.db, { issuer: from, sub, email });
    const no = { code: "oidc-not-bound" };
    await expect(came("s1", "kakunin@example.jp", "https://other.example.jp")).rejects.toMatchObject(no);
    await expect(came("s1", null)).rejects.toMatchObject(no);
    expect(await came("s1", "KAKUNIN@example.jp")).toMatchObject({ name });
    await expect(came("s2", "kakunin@example.jp")).rejects.toMatchObject(no);
    await bindReviewer(deps.db, issuer, name, { email: "kakunin@example.jp" });
    expect(await came("s2", "kakunin@example.jp")).toMatchObject({ name });
  });

  test("that are removed have no way in, no session, and their name still", async () => {
    await removeReviewer(deps, name);
    expect(await standingOf(deps.db, name)).toBeNull();
    expect(await isReviewer(deps.db, name, `${passphrase} x`)).toBe(false);
    await expect(reviewerOfOidc(deps.db, { issuer, sub: "s2", email: "kakunin@example.jp" })).rejects.toMatchObject({
      code: "oidc-not-bound",
    });
    expect((await listReviewers(deps.db)).find((one) => one.name === name)).toEqual({
      name,
      roles: "",
      passphrase: false,
      passkeys: 0,
      bindings: [],
    });
    await expect(removeReviewer(deps, "だれも")).rejects.toMatchObject({ code: "not-found" });
  });
});
