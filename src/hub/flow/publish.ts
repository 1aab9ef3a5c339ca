import type { Bytes } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { encodePart } from "../../shared/summary/encode.ts";
import { projectProtected } from "../../shared/summary/protected.ts";
import { encodeRescueLine, rescueOf } from "../../shared/summary/rescue.ts";
import { projectTable } from "../../shared/summary/rules.ts";
import { type PartName, SUMMARY_VERSION, type Summary } from "../../shared/summary/summary.ts";
import { dayInJapan } from "../people/consent.ts";
import { passDay } from "../people/consentRecord.ts";
import { type HubSecrets, openKeys, type PersonToSeal, type Published, removePerson, sealPerson } from "../publish/index.ts";
import { countWithheld, deleteWithheld, putWithheld } from "../store/consent.ts";
import { markSealed, type PersonRow, personsToSeal } from "../store/person.ts";
import type { Db, Store } from "../store/store.ts";
import { publishAll } from "./epochs.ts";
import { matchPairs } from "./identity-queue.ts";
import { link } from "./link.ts";
import { mastersVersion } from "./masters.ts";
import { keepMarks, lookAgainAtHeld, permitsOf, raiseAlike } from "./permit.ts";
import type { Watch } from "./phase.ts";
import { type Looked, type PersonSummary, summarizePersons, type Withheld } from "./summary.ts";

/** Persons summarized and sealed together: one transaction. */
const BATCH_PERSONS = 100;

/** Those who changed; those who resemble somebody of them that now refuses, or no longer does; nobody, unless somebody writes meanwhile. */
const PASSES = 3;

/**
 * `summarized`: persons that were looked at again, because something of them changed or the rules did. `withheld`: known persons of whom
 * consent or the region's rules let nothing be published. `unruled`: the region never said what holds for people without an entry, so
 * nobody is published at all.
 */
export type PublishResult = Published & {
  /** Cohorts besides the region's. */
  readonly others: readonly Published[];
  readonly summarized: number;
  readonly withheld: number;
  readonly unruled: boolean;
};

/**
 * Seals every person whose records changed or whose consent did, takes out whom it no longer permits, and publishes the region. A kill at
 * any moment leaves the manifest in force with all it names; running again finishes the work with the same bytes. Errors: hub-data-locked.
 */
export async function publish(store: Store, clock: Clock, watch: Watch): Promise<PublishResult> {
  const lock = await store.lock();
  try {
    const secrets = await openKeys(store.dataDir);
    const day = dayInJapan(clock.now());
    watch.phase("identity");
    await link(store);
    await passDay(store.db, day);
    await lookAgainAtHeld(store.db);
    const summarized = await sealChanged(store, secrets, day, watch);
    const [region, ...others] = await publishAll(store, secrets, clock, (phase) => watch.phase(phase));
    if (region === undefined) throw new TomoshibiError("internal", { field: "cohort" });
    // After everybody has what is new: nobody waits for a question.
    await matchPairs(store);
    const unruled = (await permitsOf(store.db, [], day)).of([]).reason === "no-default";
    if (unruled) watch.note("consent-default-missing", {});
    return { ...region, others, summarized, withheld: await countWithheld(store.db), unruled };
  } finally {
    await lock.release();
  }
}

/** How many persons were summarized again. Who resembles somebody that refused only now is looked at once more. */
async function sealChanged(store: Store, secrets: HubSecrets, day: string, watch: Watch): Promise<number> {
  const maker = `summary ${SUMMARY_VERSION}, rules ${projectTable.version}, protected ${projectProtected.version}, rescue 1, generation ${secrets.sealing.generation}, masters ${await mastersVersion(store.db)}`;
  let persons = await personsToSeal(store.db, maker);
  const summarized = persons.length;
  for (let pass = 0; pass < PASSES && persons.length > 0; pass++) {
    await raiseAlike(store.db, await sealThese(store, secrets, { persons, day, maker }, watch));
    persons = await personsToSeal(store.db, maker);
  }
  return summarized;
}

interface ToSeal {
  readonly persons: readonly PersonRow[];
  readonly day: string;
  readonly maker: string;
}

/** Marks by which somebody who refused may be recognised, as far as they are new. */
async function sealThese(store: Store, secrets: HubSecrets, { persons, day, maker }: ToSeal, watch: Watch): Promise<readonly string[]> {
  const marks: string[] = [];
  for (let at = 0; at < persons.length; at += BATCH_PERSONS) {
    const batch = persons.slice(at, at + BATCH_PERSONS);
    watch.phase("summarizing");
    const looked = await summarizePersons(
      store.db,
      batch.map(({ ref }) => ref),
      day,
    );
    const ready = batch.map((person) => ({ person, found: sealableOr(person, looked, watch) }));
    watch.phase("sealing");
    await store.db.transaction().execute(async (tx) => {
      for (const { person, found } of ready) {
        if (found !== "as-before") {
          if (found === null || "withheld" in found) await removePerson(tx, person.ref);
          else await sealPerson(tx, secrets, found);
          await noteWithheld(tx, person.ref, found !== null && "withheld" in found ? found : null);
        }
        marks.push(...(await keepMarks(tx, looked.patientsOf(person.ref), looked.permits)));
        await markSealed(tx, person, maker);
      }
    });
    watch.done(at + batch.length, persons.length);
  }
  return marks;
}

/**
 * One hospital's absurd record (two thousand million pictures of one study) must not keep everybody else from being published, nor a
 * withdrawal from being followed: who cannot be written as packs keeps those of before, and nobody whose own word narrows what may be shown
 * keeps anything. It is noted, and tried again when something of them changes.
 */
function sealableOr(person: PersonRow, looked: Looked, watch: Watch): PersonToSeal | Withheld | null | "as-before" {
  try {
    return sealable(person, looked.of(person.ref));
  } catch (error) {
    if (!(error instanceof TomoshibiError) || error.code !== "summary-malformed") throw error;
    watch.note("summary-malformed", { person: person.ref, ...error.detail });
    return looked.patientsOf(person.ref).some((patient) => looked.permits.entriesOf(patient).length > 0) ? null : "as-before";
  }
}

async function noteWithheld(tx: Db, person: string, found: Withheld | null): Promise<void> {
  if (found === null) await deleteWithheld(tx, person);
  else
    await putWithheld(tx, {
      person,
      reason: found.withheld,
      like_facility: found.like?.facility ?? "",
      like_pid: found.like?.pid ?? "",
    });
}

function sealable({ ref }: PersonRow, found: PersonSummary | Withheld | null): PersonToSeal | Withheld | null {
  if (found === null || "withheld" in found) return found;
  const { summary, parts } = found;
  const encoded: Record<PartName, Bytes | null> = {
    strip: encodePart(parts.strip),
    rest: encodePart(parts.rest),
    // Sealed even when empty: that there is one must tell nobody who has protected items.
    protected: encodePart(parts.protected),
  };
  const rescue = rescueOf(ref, parts.strip, parts.rest);
  return { ref, parts: encoded, row: indexRow(summary), rescue: rescue && encodeRescueLine(rescue) };
}

const sexLetters = { male: "m", female: "f", other: "o", unknown: "u" } as const;

function indexRow({ identity, sources }: Summary): PersonToSeal["row"] {
  const { kanji, kana, birthDate, sex, address, identifiers } = identity;
  return {
    k: kanji === null ? null : [kanji.family, kanji.given],
    n: kana === null ? null : [kana.family, kana.given],
    b: birthDate,
    s: sexLetters[sex],
    a: address,
    i: identifiers.map(({ source, value }) => [sources[source]?.facility ?? "", value]),
    h: [...new Set(sources.map((source) => source.name))],
  };
}
