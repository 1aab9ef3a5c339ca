import { createHash, randomBytes } from "node:crypto";
import { TomoshibiError } from "../../shared/error.ts";
import type { ConsoleRole } from "../../shared/protocol/account.ts";
import { decodeCode32, encodeCode32 } from "../../shared/protocol/code32.ts";
import type { IssuedCode } from "../../shared/protocol/console.ts";
import { makeReviewer } from "../store/reviewer.ts";
import { addInvite, dropInvites, openInvite, type PasskeyRow, takeInvite } from "../store/reviewer-key.ts";
import { keepPasskey } from "./passkeys.ts";
import { type AccountDeps, accountName, everyRole, type Standing, standingOf } from "./reviewers.ts";

const validMs = 24 * 60 * 60 * 1000;

/**
 * A code with which a reviewer makes a passkey: 160 random bits, shown once, kept as a hash, good once and for a day. It takes the place of
 * those before it. Who is not known becomes an account without a passphrase.
 */
export async function inviteReviewer(deps: AccountDeps, name: string, roles: readonly ConsoleRole[] | null): Promise<IssuedCode> {
  const reviewer = accountName(name);
  const code = encodeCode32(randomBytes(20), 4);
  const until = deps.clock.now() + validMs;
  await deps.db.transaction().execute(async (tx) => {
    await makeReviewer(tx, reviewer, deps.clock.now(), roles?.join(" ") ?? null, everyRole);
    if ((await standingOf(tx, reviewer)) === null)
      throw new TomoshibiError("cli-usage", { option: "--role", reason: "account-has-no-role" });
    await dropInvites(tx, reviewer);
    await addInvite(tx, { id: inviteId(code) ?? "", reviewer, until, used: 0 });
  });
  return { code, until };
}

/** Whom a code invites; throws "invite-bad" for one that is wrong, used or late, alike. */
export async function invited(deps: AccountDeps, code: string): Promise<{ readonly id: string; readonly reviewer: string }> {
  const id = inviteId(code);
  const row = id === null ? null : await openInvite(deps.db, id, deps.clock.now());
  if (row === null) throw new TomoshibiError("invite-bad");
  return { id: row.id, reviewer: row.reviewer };
}

/** Uses the invitation up and keeps the passkey, both or neither. Errors: invite-bad, passkey-refused. */
export async function acceptInvite(deps: AccountDeps, id: string, passkey: PasskeyRow): Promise<Standing> {
  return await deps.db.transaction().execute(async (tx) => {
    if (!(await takeInvite(tx, id, deps.clock.now()))) throw new TomoshibiError("invite-bad");
    await keepPasskey(tx, passkey);
    const standing = await standingOf(tx, passkey.reviewer);
    if (standing === null) throw new TomoshibiError("invite-bad");
    return standing;
  });
}

function inviteId(code: string): string | null {
  const bytes = decodeCode32(code);
  return bytes === null || bytes.length !== 20 ? null : createHash("sha256").update("console invitation").update(bytes).digest("base64url");
}
