/** A small demo region in a folder of its own, made by the command that `npm start` runs, and the words that name its people. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { region } from "../../../src/hub/synth/index.ts";
import { freePort, type HubPlace, hubCommand } from "./hub-process.ts";

/** A fixed day, so that the region is the same on every day that the tests run. */
export const demoRegion = { seed: "first-light", today: "2026-11-01" } as const;
const { seed, today } = demoRegion;

export interface DemoPlace extends HubPlace {
  /** Persons published. */
  readonly people: number;
  readonly enrolCode: string;
  readonly staff: readonly { readonly name: string; readonly code: string }[];
  readonly reviewer: { readonly name: string; readonly passphrase: string };
}

export async function makeDemo(people: number, databaseUrl: string | null): Promise<DemoPlace> {
  const place = { data: mkdtempSync(join(tmpdir(), "tomoshibi-hub-")), port: await freePort(), consolePort: await freePort(), databaseUrl };
  const demo = JSON.parse(hubCommand(place, "demo", "--people", String(people), "--seed", seed, "--today", today, "--json"));
  return { ...place, people: demo.people, enrolCode: demo.enrolCode, staff: demo.staff, reviewer: demo.reviewer };
}

/** Full names, kana, numbers and addresses of everybody in the region, and drugs that only clinical data name. */
export function clinicalWords(people: number): string[] {
  const words = new Set(["ワーファリン", "ワルファリン", "アムロジピン", "ペニシリン", "慢性腎臓病"]);
  for (const person of region(people, seed, today.replaceAll("-", "")).people) {
    words.add(person.address);
    for (const { family, given, familyKana, givenKana, pid } of person.records) {
      words
        .add(`${family}${given}`)
        .add(`${family} ${given}`)
        .add(`${family}^${given}`)
        .add(`${familyKana}${givenKana}`)
        .add(`${familyKana} ${givenKana}`);
      if (pid.length >= 8) words.add(pid);
    }
  }
  return [...words].filter((word) => word.length >= 4);
}
