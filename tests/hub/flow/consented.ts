import { recordConsent } from "../../../src/hub/people/consentRecord.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { type ConsentStatement, statementOf } from "../../../src/shared/protocol/consent.ts";

/** A statement as a clerk would take it down; what the test does not name is ordinary. */
export function says(part: Partial<Record<keyof ConsentStatement, string>>): ConsentStatement {
  const whole = {
    ...{ facility: "", pid: "", kind: "participation", target: "", value: "participating" },
    ...{ from: "2026-01-01", basis: "written", by: "見本 事務", note: "" },
    ...part,
  };
  return statementOf(whole, whole.facility === "" ? "region" : "patient");
}

/** Records statements at an instant; returns their batch. */
export async function record(store: Store, now: number, ...statements: Parameters<typeof says>[0][]): Promise<string> {
  const clock = { now: () => now, monotonic: () => now };
  return await recordConsent({ db: store.db, clock }, statements.map(says), { entered: "試験" });
}
