/** The twelve named clinical cases: `hub -- synth --cases`. docs/cases.md says what must be seen of each. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TomoshibiError } from "../../../shared/error.ts";
import { makeJisEncoder } from "../../text/jis.ts";
import { facilities } from "../facilities.ts";
import { makeTables } from "../files.ts";
import { writeFiles } from "../write.ts";
import { anticoagulant, dialysis, insulin, pacemaker, steroid } from "./bleeding.ts";
import { besideBundle, fhirBundles } from "./fhir.ts";
import { polypharmacy } from "./many.ts";
import type { Case } from "./model.ts";
import { anaphylaxis, conflicting, infant, pregnancy, unknown, wishes } from "./people.ts";
import { type Registered, registered } from "./person.ts";
import { ssmix2Files } from "./ssmix2.ts";

export type { Case } from "./model.ts";

export const cases: readonly Case[] = [
  anticoagulant,
  dialysis,
  insulin,
  steroid,
  anaphylaxis,
  pacemaker,
  infant,
  pregnancy,
  wishes,
  conflicting,
  unknown,
  polypharmacy,
];

export interface WrittenCase {
  readonly key: string;
  readonly title: { readonly ja: string; readonly en: string };
  /** Every number that the person has, the first to be opened by. */
  readonly numbers: readonly { readonly facility: string; readonly pid: string }[];
  /** Whether somebody has to say that the numbers are one person, since the hospitals disagree on who it is. */
  readonly join: boolean;
}

export interface WrittenCases {
  readonly today: string;
  readonly facilities: readonly {
    readonly code: string;
    readonly name: string;
    readonly telephone: string;
    /** Root of the SS-MIX2 storage. */
    readonly ssmix2: string;
    /** Folder with the same as FHIR. */
    readonly fhir: string;
    /** Folder with what SS-MIX2 cannot say, to be taken in beside the storage; null where there is nothing. */
    readonly beside: string | null;
  }[];
  readonly cases: readonly WrittenCase[];
  readonly files: number;
}

/**
 * Writes every case in both forms: `out/ssmix2/CODE` with `out/beside/CODE`, or `out/fhir/CODE` alone; `out/cases.json` last. The same day
 * gives the same bytes. Refuses a folder that holds cases already (`cli-usage`).
 * @param today YYYYMMDD
 */
export function writeCases(out: string, today: string): WrittenCases {
  const taken = ["ssmix2", "fhir", "beside", "cases.json"].find((name) => existsSync(join(out, name)));
  if (taken !== undefined) throw new TomoshibiError("cli-usage", { option: "--out", holds: taken });
  const encode = makeJisEncoder();
  const tables = makeTables();
  const made = new Set<string>();
  let files = 0;
  const folder = (form: string, code: string): string => join(out, form, code);
  for (const { code } of facilities) for (const form of ["ssmix2", "fhir"]) mkdirSync(folder(form, code), { recursive: true });
  const bundle = (form: "fhir" | "beside", who: Registered, one: { readonly name: string; readonly text: string }): void => {
    mkdirSync(folder(form, who.record.facility.code), { recursive: true });
    writeFileSync(join(folder(form, who.record.facility.code), `${one.name}.json`), one.text);
    files += 1;
  };
  const told = cases.map((one, n): WrittenCase => {
    const known = one.sources.map((source) => registered(one, n, source, today));
    for (const who of known) {
      const own = ssmix2Files(who, tables);
      writeFiles(folder("ssmix2", who.record.facility.code), own, encode, made, null);
      files += own.length;
      for (const whole of fhirBundles(who, tables)) bundle("fhir", who, whole);
      const beside = besideBundle(who);
      if (beside !== null) bundle("beside", who, beside);
    }
    const numbers = known.map(({ record }) => ({ facility: record.facility.code, pid: record.pid }));
    return { key: one.key, title: one.title, numbers, join: one.joined };
  });
  const places = facilities.map(({ code, name, telephone }) => ({
    code,
    name,
    telephone,
    ssmix2: folder("ssmix2", code),
    fhir: folder("fhir", code),
    beside: existsSync(folder("beside", code)) ? folder("beside", code) : null,
  }));
  writeFileSync(
    join(out, "cases.json"),
    `${JSON.stringify({ today, facilities: places.map(({ code, name, telephone }) => ({ code, name, telephone })), cases: told }, null, 2)}\n`,
  );
  return { today, facilities: places, cases: told, files };
}
