/** Carries out the lock's table (vault/lock-machine.ts): the soft lock with its PIN, and every way to the hard one. */
import { equalBytes, utf8 } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { Glass } from "../glass/glass.ts";
import { type LockEvent, type LockWork, lockMove } from "../vault/lock-machine.ts";
import type { Session } from "../vault/unlock.ts";
import { type Context, memberOf } from "./core-context.ts";
import { disasterInForce } from "./core-disaster.ts";
import { writeAsMember } from "./core-journal.ts";

/** How long locking may wait for the journal: storage that hangs, or another page that holds its lock, must not keep a patient open. */
const LOCK_ENTRY_MS = 2_000;
export const PIN_TRIES = 5;

/** The state after this event, and what it asks for. */
export function moveLock(context: Context, event: LockEvent): LockWork {
  const { to, does } = lockMove(context.keys.lock, event);
  if (does === "refuse") throw new TomoshibiError("not-unlocked");
  context.keys.lock = to;
  return does;
}

/** Everything is dropped whatever the journal says; a journal that failed, or did not answer in time, is told afterwards. */
export async function leave(context: Context, glass: Pick<Glass, "endAll">, event: LockEvent): Promise<void> {
  const session = context.session;
  if (!session || moveLock(context, event) !== "drop") return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TomoshibiError("journal-write-failed", { kind: "lock", reason: "late" })), LOCK_ENTRY_MS);
  });
  try {
    await Promise.race([late, endSession(context, session, glass, event)]);
  } finally {
    clearTimeout(timer);
    context.session = null;
    context.opened = null;
    context.keys.pin = null;
    context.keys.paused = null;
    context.changed();
  }
}

async function endSession(context: Context, session: Session, glass: Pick<Glass, "endAll">, event: LockEvent): Promise<void> {
  await glass.endAll();
  await writeAsMember(context, session, "lock", event === "leave" ? {} : { what: event });
  await context.time.keep();
}

/** How long a PIN brings the screen back, ms; 0: there is no soft lock. */
export function pauseMs({ trust }: Context): number {
  return (trust?.policy?.locks.softLockMinutes ?? 0) * 60_000;
}

/** null takes it back. Errors: "pin-weak", "forbidden" where the policy has no soft lock, "not-unlocked". */
export async function setPin(context: Context, pin: string | null): Promise<void> {
  if (pin === null) {
    moveLock(context, "pinCleared");
    context.keys.pin = null;
    return context.changed();
  }
  if (pauseMs(context) === 0) throw new TomoshibiError("forbidden", { field: "soft lock" });
  if (!/^\d{4,8}$/.test(pin) || /^(\d)\1*$/.test(pin) || "0123456789876543210".includes(pin)) throw new TomoshibiError("pin-weak");
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
  const mac = await macOf(key, pin);
  moveLock(context, "pinSet");
  context.keys.pin = { key, mac, wrong: 0 };
  context.changed();
}

async function macOf(key: CryptoKey, pin: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(pin)));
}

/** Pauses; without a PIN it is the lock itself. Nothing is shown or opened any more, whatever becomes of the entry. */
export async function pause(context: Context, glass: Pick<Glass, "endAll">): Promise<void> {
  const { session } = context;
  if (!session || context.keys.lock === "soft") return;
  if (context.keys.lock === "open") return leave(context, glass, "pause");
  if (moveLock(context, "pause") !== "hide") return;
  context.keys.paused = { run: context.deps.clock.monotonic(), wall: context.deps.clock.now() };
  context.changed();
  await writeAsMember(context, session, "soft-lock", {});
}

/** By the same person's PIN, after its entry is on disk. Errors: "pin-wrong" with the tries left; "not-unlocked" once it is the hard lock. */
export async function resume(context: Context, glass: Pick<Glass, "endAll">, pin: string): Promise<void> {
  const { session, keys } = context;
  if (keys.lock !== "soft" || !session || !keys.pin) throw new TomoshibiError("not-unlocked");
  if (await endPause(context, glass)) throw new TomoshibiError("not-unlocked");
  const held = keys.pin;
  // Counted before it is judged: two tries at once are two.
  held.wrong += 1;
  const left = PIN_TRIES - held.wrong;
  if (left < 0) throw new TomoshibiError("not-unlocked");
  if (!equalBytes(await macOf(held.key, pin), held.mac)) {
    if (left > 0) {
      moveLock(context, "pinWrong");
      throw new TomoshibiError("pin-wrong", { left });
    }
    await leave(context, glass, "pinSpent");
    throw new TomoshibiError("not-unlocked");
  }
  await writeAsMember(context, session, "soft-unlock", {});
  if (context.session !== session || keys.pin !== held) throw new TomoshibiError("not-unlocked");
  held.wrong = 0;
  if (moveLock(context, "pinRight") !== "show") return;
  keys.paused = null;
  context.changed();
}

/** Locks when the pause has lasted too long, by the longer of two clocks. Returns whether it did. */
export async function endPause(context: Context, glass: Pick<Glass, "endAll">): Promise<boolean> {
  const { paused } = context.keys;
  if (!paused) return false;
  const { clock } = context.deps;
  if (Math.max(clock.monotonic() - paused.run, clock.now() - paused.wall) < pauseMs(context)) return false;
  await leave(context, glass, "pauseOver");
  return true;
}

/** Locks who may be here no longer: sponsored until now, removed from the roster, an envelope after the disaster. */
export async function endVisit(context: Context, glass: Pick<Glass, "endAll">): Promise<void> {
  const { session, trust } = context;
  if (!session || !trust?.roster) return;
  const known = memberOf(context, session) !== null;
  if (!known || (session.envelope !== null && !disasterInForce(context))) await leave(context, glass, "gone");
}
