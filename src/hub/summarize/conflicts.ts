/** Where sources disagree about a medicine that may still be taken. */
import { dayAfter } from "../../shared/summary/japaneseDate.ts";
import { type ConflictKind, conflictKinds, type Medicine, type Source } from "../../shared/summary/summary.ts";
import { type Amount, dailyDose, formKey, routeOf } from "./dose.ts";
import { COLLECTED_WITHIN, isWithin, makeMatcher } from "./reconcile.ts";
import { hiddenAs, sourcesOf } from "./together.ts";

/** Days after the end of its supply, or after its last statement where no end is known, that a medicine counts as still taken. */
export const STILL_TAKEN = 90;

/** An order that was withdrawn or stopped, or a handing out that was declined: no line of its own, or one that says so. */
export interface Ended {
  readonly what: "stopped" | "declined";
  readonly item: Medicine;
}

/**
 * The lines with what speaks against each of them, from other sources alone:
 * - `dose`: the newest statement of another source has another daily dose of the same medicine for the same time (parts of a day are added up);
 * - `route`: it is taken in another way there; then doses are not compared;
 * - `stopped`: another source withdrew or stopped it meanwhile and has not ordered it anew;
 * - `notDispensed`: handing out was declined, or the other lines of the prescription were handed out and this one was not.
 * A line is judged only by what its own readers may see, so that no conflict tells of a protected item or of one the patient was not told of.
 */
export function withConflicts(
  lines: readonly Medicine[],
  ended: readonly Ended[],
  sources: readonly Source[],
  to: string,
): readonly Medicine[] {
  if (sources.length < 2) return lines;
  const matcher = makeMatcher();
  const hidden = new Map<Medicine, readonly string[]>();
  const hiddenOf = (line: Medicine): readonly string[] => {
    const known = hidden.get(line) ?? (JSON.parse(hiddenAs(line)) as string[]);
    hidden.set(line, known);
    return known;
  };
  return lines.map((line) => {
    if (!mayBeTaken(line, to)) return line;
    const seen = (other: Medicine): boolean => hiddenOf(other).every((mark) => hiddenOf(line).includes(mark));
    const like = lines.filter((other) => matcher.isMedicine(line, other) && seen(other));
    const against = ended.filter(({ item }) => matcher.isMedicine(line, item) && seen(item));
    const standing = like.filter(isStanding);
    const found: Readonly<Record<ConflictKind, boolean>> = {
      ...disagreement(line, standing),
      stopped: isStopped(line, standing, against),
      notDispensed: isNotDispensed(line, { lines, against, sources, isLike: (other) => matcher.isMedicine(line, other), seen }),
    };
    const conflicts = conflictKinds.filter((kind) => found[kind]);
    return conflicts.length === 0 ? line : { ...line, conflicts };
  });
}

const dayOf = (date: string | null): string => (date !== null && date.length >= 10 ? date.slice(0, 10) : "");
const from = (line: Medicine): string => dayOf(line.start ?? line.date);

function until(line: Medicine): string {
  const last = [dayOf(line.start), dayOf(line.date)].sort().at(-1) ?? "";
  return dayOf(line.end) || (dayAfter(last, STILL_TAKEN) ?? "");
}

const isHandedOut = ({ completion }: Medicine): boolean => completion !== "refused" && completion !== "notGiven";

const isStanding = (line: Medicine): boolean => isHandedOut(line) && line.stage !== "given" && !line.injection && !isSaidStopped(line);

function mayBeTaken(line: Medicine, to: string): boolean {
  return isStanding(line) && from(line) !== "" && (to === "" || (dayAfter(until(line), STILL_TAKEN) ?? "") >= to);
}

const overlap = (a: Medicine, b: Medicine): boolean => from(a) !== "" && from(b) !== "" && from(a) <= until(b) && from(b) <= until(a);

/** What one source said last: the lines of its newest day. */
function newestOf(source: number, lines: readonly Medicine[]): readonly Medicine[] {
  const own = lines.filter((line) => sourcesOf(line).includes(source));
  const days = own.map((line) => dayOf(line.date));
  const newest = days.sort().at(-1);
  return own.filter((line) => dayOf(line.date) === newest);
}

function disagreement(line: Medicine, like: readonly Medicine[]): Readonly<Record<"dose" | "route", boolean>> {
  const own = newestOf(line.source, like);
  const found = { dose: false, route: false };
  if (!own.includes(line)) return found;
  for (const source of new Set(like.flatMap(sourcesOf))) {
    if (sourcesOf(line).includes(source)) continue;
    const others = newestOf(source, like).filter((other) => overlap(line, other) && !own.includes(other));
    const routes = others.map(routeOf);
    if (others.length === 0) continue;
    if (routeOf(line) !== "" && routes.every((route) => route !== "" && route !== routeOf(line))) found.route = true;
    else if (
      dosesDiffer(
        own.filter((one) => others.some((other) => overlap(one, other))),
        others,
        formKey(line),
      )
    )
      found.dose = true;
  }
  return found;
}

/** No daily dose in common, all of them known in one measure. */
function dosesDiffer(own: readonly Medicine[], others: readonly Medicine[], form: string): boolean {
  const [mine, theirs] = [daily(own, form), daily(others, form)];
  if (mine === null || theirs === null) return false;
  const bases = new Set([...mine, ...theirs].map(({ basis }) => basis));
  return bases.size === 1 && !mine.some((one) => theirs.some((other) => one.value === other.value));
}

/** Doses by their time: parts of one day are one dose, steps (four for a week, then three) are several. */
function daily(lines: readonly Medicine[], form: string): readonly Amount[] | null {
  const sums = new Map<string, Amount>();
  for (const line of lines.filter((one) => formKey(one) === form)) {
    const dose = dailyDose(line);
    if (dose === null) return null;
    const key = JSON.stringify([from(line), until(line)]);
    const before = sums.get(key);
    if (before !== undefined && before.basis !== dose.basis) return null;
    sums.set(key, { basis: dose.basis, value: Math.round(((before?.value ?? 0) + dose.value) * 1_000) / 1_000 });
  }
  return sums.size === 0 ? null : [...sums.values()];
}

function isStopped(line: Medicine, like: readonly Medicine[], against: readonly Ended[]): boolean {
  return against.some(({ what, item }) => {
    if (what !== "stopped" || sourcesOf(line).includes(item.source)) return false;
    const day = dayOf(item.date) || from(item);
    const meanwhile = day !== "" && day >= (dayAfter(from(line), -COLLECTED_WITHIN) ?? "") && day <= until(line);
    const anew = like.some((other) => other.source === item.source && dayOf(other.date) >= day);
    return meanwhile && !anew;
  });
}

/** FHIR's `stopped`, in the words of the reader. */
export const isSaidStopped = ({ note }: Pick<Medicine, "note">): boolean => /^中止(?:\s|$)/.test(note);

/** How long a supply may be collected late and still be that of the order. */
const LATE = 30;

interface Around {
  readonly lines: readonly Medicine[];
  readonly against: readonly Ended[];
  readonly sources: readonly Source[];
  readonly isLike: (other: Medicine) => boolean;
  readonly seen: (other: Medicine) => boolean;
}

/** Any handing out speaks against it, only those that may be seen speak for it. */
function isNotDispensed(line: Medicine, { lines, against, sources, isLike, seen }: Around): boolean {
  const kind = sources[line.source]?.kind;
  const day = dayOf(line.date);
  if (line.stage !== "ordered" || line.setting === "inpatient" || day === "" || (kind !== "chart" && kind !== "ePrescription"))
    return false;
  const dispensed = lines.filter((one) => one.stage === "dispensed");
  const own = dispensed.filter((one) => isLike(one) && isWithin(dayOf(one.date), day, LATE));
  if (own.some(isHandedOut)) return false;
  if (own.some(seen) || against.some(({ what, item }) => what === "declined" && isWithin(dayOf(item.date), day, LATE))) return true;
  const pharmacy = dispensed.filter((one) => isHandedOut(one) && sources[one.source]?.kind === "dispensing");
  const soon = pharmacy.filter((one) => isWithin(dayOf(one.date), day, COLLECTED_WITHIN));
  // A line of the pharmacy that belongs to no order may be this one under a name nobody knows.
  if (soon.some((one) => one.also.length === 0 && (one.ingredient === "" || line.ingredient === ""))) return false;
  const rest = soon.some((one) => seen(one) && one.also.some(({ source, date }) => source === line.source && dayOf(date) === day));
  const later = dayAfter(day, COLLECTED_WITHIN) ?? "";
  return rest || (kind === "ePrescription" && pharmacy.some((one) => seen(one) && dayOf(one.date) > later));
}
