/** Facts → lines, red, amber, green or unknown. Pure: every threshold stands here and in tests/viewer/readiness/lines.test.ts. */
import { type Check, checks } from "../../shared/protocol/readiness.ts";
import type { Facts } from "./facts.ts";
import type { Line, Said } from "./line.ts";
import { battery, camera, clock, installed, keys, program, quota, storage } from "./lines-device.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const TRIAL_OLD_MS = 7 * DAY_MS;
export const DATA_STALE_MS = 24 * HOUR_MS;
export const DATA_OLD_MS = 72 * HOUR_MS;
export const LEASE_SOON_MS = 72 * HOUR_MS;
export const SILENT_MS = 24 * HOUR_MS;
/** Share of files whose loss is more than an accident. */
export const FILES_LOST = 0.01;

const judges: Readonly<Record<Check, (facts: Facts) => Said>> = {
  program,
  packs,
  trial,
  rules,
  age,
  lease,
  sync,
  keys,
  storage,
  quota,
  installed,
  clock,
  outbox,
  proof,
  camera,
  battery,
};

/** One line a check, in the order of `checks`. */
export function readiness(facts: Facts): readonly Line[] {
  return checks.map((check) => ({ check, ...judges[check](facts) }));
}

function packs({ files, asOf }: Facts): Said {
  if (asOf === null) return { level: "red", say: "packs.nothing", todo: "packs.nothingDo", action: "sync" };
  if (files === null) return { level: "unknown", say: "packs.unknown" };
  const { wanted, missing, checked, rotten } = files;
  if (missing === 0 && rotten === 0) return { level: "green", say: "packs.whole", values: { wanted, checked } };
  const level = missing + rotten > wanted * FILES_LOST ? "red" : "amber";
  return { level, say: "packs.lost", values: { wanted, missing, rotten }, todo: "packs.lostDo", action: "sync" };
}

function trial({ trial: last, asOf, now }: Facts): Said {
  if (asOf === null) return { level: "unknown", say: "trial.nothing" };
  if (last === null) return { level: "unknown", say: "trial.never", todo: "trial.do", action: "trial" };
  if (last.opened === 0) return { level: "red", say: "trial.failed", at: last.at, todo: "trial.failedDo", action: "sync" };
  if (now - last.at > TRIAL_OLD_MS) return { level: "amber", say: "trial.old", at: last.at, todo: "trial.do", action: "trial" };
  return { level: "green", say: "trial.opened", at: last.at, values: { count: last.opened } };
}

function rules({ rules: here }: Facts): Said {
  return here ? { level: "green", say: "signed.here" } : { level: "red", say: "signed.gone", todo: "signed.goneDo", action: "sync" };
}

function age({ asOf, clock: state, now }: Facts): Said {
  if (asOf === null) return { level: "red", say: "age.never", todo: "packs.nothingDo", action: "sync" };
  if (state === "ahead" || state === "behind") return { level: "unknown", say: "age.doubtful", at: asOf };
  const old = now - asOf;
  if (old <= DATA_STALE_MS) return { level: "green", say: "age.fresh", at: asOf };
  return { level: old <= DATA_OLD_MS ? "amber" : "red", say: "age.old", at: asOf, todo: "age.oldDo", action: "sync" };
}

function lease({ lease: held, leaseState, now }: Facts): Said {
  if (held === null || leaseState === "none") return { level: "red", say: "lease.absent", todo: "lease.do", action: "sync" };
  switch (leaseState) {
    case "normal":
      return held.normalUntil - now > LEASE_SOON_MS
        ? { level: "green", say: "lease.long", at: held.normalUntil }
        : { level: "amber", say: "lease.soon", at: held.normalUntil, todo: "lease.do", action: "sync" };
    case "extended":
      return { level: "amber", say: "lease.extended", at: held.disasterUntil, todo: "lease.do", action: "sync" };
    case "doubtful":
    case "over":
      return { level: "red", say: "lease.closed", at: held.disasterUntil, todo: "lease.do", action: "sync" };
  }
}

function sync({ syncError, lastContact, now }: Facts): Said {
  const away = syncError === "hub-unreachable" || syncError === "hub-slow";
  if (syncError !== null && !away)
    return { level: "red", say: "sync.stopped", values: { code: syncError }, todo: "sync.do", action: "sync" };
  if (lastContact === null) return { level: "unknown", say: "sync.never", todo: "sync.do", action: "sync" };
  if (now - lastContact > SILENT_MS) return { level: "amber", say: "sync.away", at: lastContact, todo: "sync.do", action: "sync" };
  return { level: "green", say: "sync.heard", at: lastContact };
}

function outbox({ outbox: count, lastContact, now }: Facts): Said {
  if (count === 0) return { level: "green", say: "outbox.clear" };
  const waits = lastContact === null || now - lastContact > SILENT_MS;
  return waits
    ? { level: "amber", say: "outbox.waits", values: { count }, todo: "outbox.do", action: "sync" }
    : { level: "green", say: "outbox.soon", values: { count } };
}

function proof({ proof: { at, evidence } }: Facts): Said {
  if (evidence > 0) return { level: "red", say: "proof.broken", values: { count: evidence }, todo: "proof.brokenDo" };
  if (at === null) return { level: "unknown", say: "proof.never", todo: "outbox.do", action: "sync" };
  return { level: "green", say: "proof.until", at };
}
