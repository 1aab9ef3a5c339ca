import { createHash, randomUUID } from "node:crypto";
import { TomoshibiError } from "../../shared/error.ts";
import type { Policy } from "../../shared/protocol/policy.ts";
import { isContactWhole, type Letter, type LetterLanguage, type LetterSeen } from "../../shared/protocol/review.ts";
import { addLetter, lettersOf } from "../store/reviewMore.ts";
import { type Evidence, policiesIn } from "./evidence.ts";
import { personOf } from "./person.ts";
import { deviceSites } from "./places.ts";
import { type ReviewDeps, rankedReview, refuseOwn } from "./review.ts";
import { settingsBook } from "./settings.ts";

/**
 * What the patient is told: that and when their record was opened, where, in which role, for which reason and how far, whom to ask. Nothing
 * clinical, no rank, no free words of staff, and nothing of protected categories, since others may read the letter too. Throws "not-found"
 * for what is no opening of a person whom the hub knows.
 */
export async function readLetter(deps: ReviewDeps, id: string): Promise<Letter> {
  const { evidence } = await rankedReview(deps, id);
  const { row, steps } = evidence;
  const person = row.kind !== "opening" || row.person === "" ? null : await personOf(deps, row.person);
  if (person === null) throw new TomoshibiError("not-found", { field: "person" });
  const [{ now: settings }, places, printed] = await Promise.all([settingsBook(deps.db), deviceSites(deps.db), lettersOf(deps.db, [id])]);
  return {
    review: id,
    person: person.name || person.kana,
    opened: row.opened,
    until: steps.reduce((last, { trusted }) => Math.max(last, trusted), row.opened),
    site: places.get(row.device)?.site ?? "",
    role: evidence.staffRole,
    staff: settings.staffNames ? (evidence.staff?.kanji ?? "") : "",
    reasons: reasonsIn(
      evidence,
      (await policiesIn(deps)).map(({ policy }) => policy),
    ),
    seen: seenIn(evidence),
    contact: settings.contact,
    ready: isContactWhole(settings.contact),
    printed: (printed.get(id) ?? []).map(({ at, by, language }) => ({ at, by, language })),
  };
}

/** Records that a letter is being printed, and by whom. Errors: not-found, review-own, letter-contact-missing. */
export async function printLetter(deps: ReviewDeps, id: string, language: LetterLanguage, reviewer: string): Promise<Letter> {
  await refuseOwn(deps.db, await rankedReview(deps, id), reviewer);
  const letter = await readLetter(deps, id);
  if (!letter.ready) throw new TomoshibiError("letter-contact-missing");
  const { printed: _, ...said } = letter;
  const digest = createHash("sha256").update(JSON.stringify(said)).digest("base64url");
  await addLetter(deps.db, { id: randomUUID(), review: id, at: deps.clock.now(), by: reviewer, language, digest });
  return await readLetter(deps, id);
}

/** In the words of the policy of then, or of another that knows the reason. */
function reasonsIn({ steps, policy }: Evidence, others: readonly Policy[]): Letter["reasons"] {
  const ids = [...new Set(steps.flatMap(({ reason }) => (reason === "" ? [] : [reason])))];
  return ids.map((id) => {
    const known = [...(policy === null ? [] : [policy]), ...others].flatMap(({ reasons }) => reasons).find((reason) => reason.id === id);
    return { ja: known?.ja ?? "", en: known?.en ?? "" };
  });
}

function seenIn({ row, steps }: Evidence): readonly LetterSeen[] {
  const kinds = new Set(steps.map(({ kind }) => kind));
  const seen: LetterSeen[] = [];
  if (row.strip === 1 || kinds.has("open-strip")) seen.push("strip");
  if (row.rest === 1 || row.protected === 1) seen.push("all");
  if (kinds.has("print") || kinds.has("export")) seen.push("printed");
  if (kinds.has("handover")) seen.push("handed");
  return seen;
}
