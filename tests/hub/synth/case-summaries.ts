/** The twelve cases through the real hub: written, taken in, joined where somebody has to say so, and summed up. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFacility } from "../../../src/hub/flow/facility.ts";
import { ingestFhir } from "../../../src/hub/flow/fhir-files.ts";
import { joinPatients } from "../../../src/hub/flow/identity-decide.ts";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { link } from "../../../src/hub/flow/link.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { type WrittenCases, writeCases } from "../../../src/hub/synth/cases/index.ts";
import type { Parts } from "../../../src/shared/summary/split.ts";
import type { Summary } from "../../../src/shared/summary/summary.ts";

/** ssmix2: the storage alone. both: the storage, and by FHIR what it has no type for. fhir: the same told by FHIR alone. */
export type Form = "ssmix2" | "both" | "fhir";

export interface Told {
  readonly summary: Summary;
  readonly parts: Parts;
  /** What could not be read, or was refused: none, if the writer keeps to the formats. */
  readonly person: string | null;
}

export interface Taken {
  readonly written: WrittenCases;
  readonly told: ReadonlyMap<string, Told>;
  readonly refused: number;
  readonly quarantined: number;
}

/** @param today YYYYMMDD @param received instant at which the hub took everything in */
export async function takeCases(store: Store, form: Form, today: string, received: string): Promise<Taken> {
  const out = mkdtempSync(join(tmpdir(), "tomoshibi-cases-"));
  try {
    const written = writeCases(out, today);
    let [refused, quarantined] = [0, 0];
    for (const { code, name, telephone, ssmix2, fhir, beside } of written.facilities) {
      await setFacility(store, { code, name, telephone });
      if (form !== "fhir") {
        const told = await ingest(store, { roots: [ssmix2], facility: code, name }, received, unwatched);
        quarantined += told.quarantined;
      }
      if (form === "ssmix2") continue;
      const path = form === "both" ? beside : fhir;
      if (path === null) continue;
      const result = await ingestFhir(store, { path, input: () => new Uint8Array(), facility: code, name }, received, unwatched);
      refused += result.refusals.length;
      for (const one of result.refusals) console.error(JSON.stringify(one));
    }
    const clock = { now: () => Date.parse(received), monotonic: () => 0 };
    for (const { join: asked, numbers } of written.cases) {
      const [a, b] = numbers;
      if (asked && a !== undefined && b !== undefined)
        await joinPatients({ db: store.db, clock }, a, b, { who: "見本 事務", why: "本人に確かめた" });
    }
    await link(store);
    const told = new Map<string, Told>();
    for (const { key, numbers } of written.cases) {
      const [first] = numbers;
      if (first !== undefined) told.set(key, await summaryOfPatient(store.db, first.facility, first.pid));
    }
    return { written, told, refused, quarantined };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
