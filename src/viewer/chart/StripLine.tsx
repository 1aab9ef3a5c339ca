import type { StripItem } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { dayInJapan } from "./dates.ts";
import { Undisclosed } from "./Entry.tsx";
import { Provenance } from "./Provenance.tsx";
import { useReading } from "./reading.ts";
import { type StripGroup, shortNames } from "./strip.ts";
import { detailParts, lineText, untoldIn } from "./stripDetail.ts";
import { withKeys } from "./withKeys.ts";

const judged = { name: "strip.byName", code: "strip.byCode", sent: "strip.bySent" } as const;

interface GroupProps {
  readonly group: StripGroup;
}

/** One class in a single line: what is in it, each ingredient once, to when. Doses and sources stand below, with every record. */
export function StripBrief({ group, dense = false }: GroupProps & { readonly dense?: boolean }) {
  const { t, now, clockRight } = useReading();
  // A supply that is over stays dated in every case, and all are where the day of today is not known.
  const dated = (end: string): boolean => !dense || !clockRight || end.slice(0, 10) < dayInJapan(now);
  const names = shortNames({ ...group, items: group.items.map((item) => ({ ...item, text: lineText(item, t) })) });
  return (
    <li>
      <span className="strip-class">
        <span aria-hidden="true">■ </span>
        {t(`danger.${group.danger}`)}
      </span>{" "}
      {names.map(({ name, count, end, untold }) => (
        <span className="strip-name" key={name}>
          <strong>
            <Unbroken text={name} />
          </strong>
          {untold.map((code) => (
            <span className="strip-untold" key={code}>
              {" "}
              <span aria-hidden="true">◆</span>
              {t(`disclosure.short.${code}`)}
            </span>
          ))}
          {count > 1 ? <span className="soft"> {t("strip.records", { count })}</span> : null}
          {end === null || !dated(end) ? null : (
            <span className="strip-until">
              {" "}
              <Unbroken text={t("strip.until", { date: end.slice(0, 10) })} />
            </span>
          )}
        </span>
      ))}
    </li>
  );
}

/** One class with all its lines. */
export function StripClass({ group }: GroupProps) {
  const { t } = useReading();
  return (
    <section className="strip-group">
      <h3 className="strip-class">
        <span aria-hidden="true">■ </span>
        {t(`danger.${group.danger}`)} <span className="count">{t("jump.count", { count: group.items.length })}</span>
      </h3>
      <ul>
        {withKeys(group.items).map(([key, item]) => (
          <StripLine key={key} item={item} />
        ))}
      </ul>
    </section>
  );
}

function StripLine({ item }: { readonly item: StripItem }) {
  const { t, day, ago } = useReading();
  const details = detailParts(item.detail, t);
  const marks = untoldIn(item.detail);
  return (
    <li className="strip-item">
      {marks.length === 0 ? null : <Undisclosed item={{ warnings: marks }} />}
      <p className="strip-text">
        <Unbroken text={lineText(item, t)} /> <span className="strip-by">{t(judged[item.by])}</span>
      </p>
      {details.length === 0 && item.end === null ? null : (
        <p className="strip-detail">
          {withKeys(details).map(([key, part]) => (
            <span className="pair" key={key}>
              <Unbroken text={part} />
            </span>
          ))}
          {item.end === null ? null : (
            <span className="pair">
              <Unbroken text={t("strip.end", { date: day(item.end), age: ago(item.end) })} />
            </span>
          )}
        </p>
      )}
      <Provenance item={item} />
    </li>
  );
}
