import type { Bytes } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { encodePart } from "../../shared/summary/encode.ts";
import { projectProtected } from "../../shared/summary/protected.ts";
import { encodeRules } from "../../shared/summary/rule-file.ts";
import { projectTable } from "../../shared/summary/rules.ts";
import { type PartName, SUMMARY_VERSION, type Summary } from "../../shared/summary/summary.ts";
import { type HubSecrets, openKeys, type PersonToSeal, type Published, publishCohort, removePerson, sealPerson } from "../publish/index.ts";
import { markSealed, type PersonRow, personsToSeal } from "../store/person.ts";
import type { Store } from "../store/store.ts";
import { matchPairs } from "./identity-queue.ts";
import { link } from "./link.ts";
import { mastersVersion } from "./masters.ts";
import type { Watch } from "./phase.ts";
import { type PersonSummary, summarizePersons } from "./summary.ts";

/** Persons summarized and sealed together: one transaction. */
const BATCH_PERSONS = 100;

/** `summarized`: persons that were looked at again, because something of them changed or the rules did. */
export type PublishResult = Published & { readonly summarized: number };

/**
 * Seals every person whose records changed and publishes the region. A kill at any moment leaves the manifest in force with all
 * it names; running again finishes the work with the same bytes. Errors: hub-data-locked.
 */
export async function publish(store: Store, clock: Clock, watch: Watch): Promise<PublishResult> {
  const lock = await store.lock();
  try {
    const secrets = await openKeys(store.dataDir);
    watch.phase("identity");
    await link(store);
    const summarized = await sealChanged(store, secrets, watch);
    const published = await publishCohort(store.db, secrets, {
      clock,
      rules: { version: projectTable.version, date: projectTable.date, bytes: encodeRules(projectTable) },
      onPhase: (phase) => watch.phase(phase),
    });
    // After everybody has what is new: nobody waits for a question.
    await matchPairs(store);
    return { ...published, summarized };
  } finally {
    await lock.release();
  }
}

/** How many persons were summarized again. */
async function sealChanged(store: Store, secrets: HubSecrets, watch: Watch): Promise<number> {
  const maker = `summary ${SUMMARY_VERSION}, rules ${projectTable.version}, protected ${projectProtected.version}, generation ${secrets.sealing.generation}, masters ${await mastersVersion(store.db)}`;
  const persons = await personsToSeal(store.db, maker);
  for (let at = 0; at < persons.length; at += BATCH_PERSONS) {
    const batch = persons.slice(at, at + BATCH_PERSONS);
    watch.phase("summarizing");
    const summaries = await summarizePersons(
      store.db,
      batch.map(({ ref }) => ref),
    );
    const ready = batch.map((person) => ({ person, toSeal: toSeal(person, summaries.get(person.ref) ?? null) }));
    watch.phase("sealing");
    await store.db.transaction().execute(async (tx) => {
      for (const one of ready) {
        if (one.toSeal === null) await removePerson(tx, one.person.ref);
        else await sealPerson(tx, secrets, one.toSeal);
        await markSealed(tx, one.person, maker);
      }
    });
    watch.done(at + batch.length, persons.length);
  }
  return persons.length;
}

function toSeal({ ref }: PersonRow, found: PersonSummary | null): PersonToSeal | null {
  if (found === null) return null;
  const { summary, parts } = found;
  const encoded: Record<PartName, Bytes | null> = {
    strip: encodePart(parts.strip),
    rest: encodePart(parts.rest),
    // Sealed even when empty: that there is one must tell nobody who has protected items.
    protected: encodePart(parts.protected),
  };
  return { ref, parts: encoded, row: indexRow(summary) };
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
