import type { Item } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { alsosOf, type Same } from "./also.ts";
import { useReading } from "./reading.ts";

/** Dates of one facility that are listed at once; the others are counted, and stand in the details. */
const datesAtFirst = 3;

interface AlsoProps {
  readonly item: Pick<Item, "source" | "also">;
  readonly details: boolean;
}

/** Who else states the same: nothing a source said is lost by putting it into one line. */
export function Also({ item, details }: AlsoProps) {
  const { t, day, sources, language } = useReading();
  if (item.also.length === 0) return null;
  const comma = language === "ja" ? "、" : ", ";
  const { here, elsewhere } = alsosOf(item, sources);
  const dates = ({ dates: all }: Same): string => {
    const shown = details ? all : all.slice(0, datesAtFirst);
    const words = shown.map((date) => (date === null ? t("date.unknown") : day(date)));
    return [...words, ...(shown.length < all.length ? [t("also.more", { count: all.length - shown.length })] : [])].join(comma);
  };
  const place = (same: Same): string => {
    const source = sources[same.source];
    return source === undefined ? t("source.unknown") : `${source.name} ${t(`source.${source.kind}`)}`;
  };
  return (
    <>
      {elsewhere.length === 0 ? null : (
        <p>
          <Unbroken
            text={t("also.elsewhere", {
              count: elsewhere.length,
              list: elsewhere.map((same) => `${place(same)} ${dates(same)}`).join(language === "ja" ? "／" : "; "),
            })}
          />
        </p>
      )}
      {here === null ? null : (
        <p>
          <Unbroken text={t("also.here", { count: here.dates.length, dates: dates(here) })} />
        </p>
      )}
    </>
  );
}
