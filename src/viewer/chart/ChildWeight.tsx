import type { Summary, Vital } from "../../shared/summary/summary.ts";
import { Notice } from "../../ui/Notice.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { ageOf } from "./dates.ts";
import { newestFirst } from "./newestFirst.ts";
import { usePage } from "./page.ts";

/** Below this age every dose goes by weight. */
const CHILD = 15;

interface Weighed {
  readonly text: string;
  readonly date: string | null;
  readonly source: number;
}

/** A child's weight above everything that is dosed by it, with the day it was taken: measured, else registered; never guessed from the age. */
export function ChildWeight({ summary }: { readonly summary: Pick<Summary, "identity" | "sections"> }) {
  const { t, day, ago, now, clockRight, sources } = usePage();
  const age = ageOf(summary.identity.birthDate, now);
  if (!clockRight || age === null || (age.unit === "years" && age.n >= CHILD)) return null;
  const weight = latestWeight(summary);
  if (weight === undefined) return <Notice kind="warn" title={t("child.noWeight")} />;
  const { text, date, source } = weight;
  return (
    <Notice kind="plain" title={t("child.weight")}>
      <p>
        <strong className="whole">{text}</strong>{" "}
        <Unbroken
          text={[date === null ? t("date.unknown") : `${day(date)} ${ago(date)}`, sources[source]?.name ?? t("source.unknown")].join(" · ")}
        />
      </p>
    </Notice>
  );
}

function latestWeight({ sections }: Pick<Summary, "sections">): Weighed | undefined {
  const measured = sections.vitals.items.filter(({ what }) => what === "weight").toSorted((a, b) => newestFirst(a.date, b.date))[0];
  if (measured !== undefined) return weighed(measured);
  const registered = sections.registration.items.filter(({ what }) => what === "weight").toSorted((a, b) => newestFirst(a.date, b.date))[0];
  return registered === undefined ? undefined : weighed({ ...registered, value: registered.text });
}

const weighed = ({ value, unit, date, source }: Pick<Vital, "value" | "unit" | "date" | "source">): Weighed => ({
  text: `${value}\u00a0${unit}`.trim(),
  date,
  source,
});
