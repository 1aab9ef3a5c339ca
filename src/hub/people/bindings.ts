import { TomoshibiError } from "../../shared/error.ts";
import { reviewerByName } from "../store/reviewer.ts";
import { oidcBinding, pinOidcSubject, putOidcBinding } from "../store/reviewer-key.ts";
import type { Db } from "../store/store.ts";
import { accountName, type Standing, standingOf } from "./reviewers.ts";

/** What an identity provider says of somebody, already verified. */
export interface OidcPerson {
  readonly issuer: string;
  readonly sub: string;
  /** null: none, or one that the provider did not verify. */
  readonly email: string | null;
}

/** Lets a user of the identity provider in as this reviewer. Errors: not-found (no such account), cli-usage. */
export async function bindReviewer(
  db: Db,
  issuer: string,
  name: string,
  by: { readonly sub: string } | { readonly email: string },
): Promise<void> {
  const reviewer = accountName(name);
  if ((await reviewerByName(db, reviewer)) === null) throw new TomoshibiError("not-found", { field: "name" });
  const [kind, value] = "sub" in by ? (["sub", by.sub.trim()] as const) : (["email", foldEmail(by.email)] as const);
  if (value === "" || value.length > 255 || (kind === "email" && !/^[^\s@]+@[^\s@]+$/.test(value)))
    throw new TomoshibiError("cli-usage", { option: `--${kind}` });
  await putOidcBinding(db, { issuer, kind, value, reviewer, sub: "" });
}

/**
 * The account of a user of the identity provider, by the operator's list alone: nobody is created. An address leads in whoever first came
 * with it and nobody else after, so that one that is given to somebody new opens nothing. Throws "oidc-not-bound".
 */
export async function reviewerOfOidc(db: Db, { issuer, sub, email }: OidcPerson): Promise<Standing> {
  const bySub = await oidcBinding(db, issuer, "sub", sub);
  const byEmail = bySub !== null || email === null ? null : await oidcBinding(db, issuer, "email", foldEmail(email));
  const row = bySub ?? (byEmail !== null && (await pinOidcSubject(db, byEmail, sub)) ? byEmail : null);
  const standing = row === null ? null : await standingOf(db, row.reviewer);
  if (standing === null) throw new TomoshibiError("oidc-not-bound");
  return standing;
}

function foldEmail(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}
