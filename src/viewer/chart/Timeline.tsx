import { useContext } from "react";
import type { Sections } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { useMoreWords } from "../../words/react.ts";
import { viewsEn, viewsJa } from "../../words/views.ts";
import { dayInJapan } from "./dates.ts";
import { ItemIdsContext } from "./itemIds.ts";
import { jumpTo } from "./jump.ts";
import { usePage } from "./page.ts";
import { dayText, type Timeline as TimelineOf, type TimeRow, ticksOf, timelineMonths, timelineOf } from "./timeline.ts";

interface TimelineProps {
  readonly sections: Sections;
  readonly asOf: string;
}

const marks: Readonly<Record<TimeRow["kind"], string>> = { stay: "■", visit: "●", medicine: "▬", procedure: "◆" };
const headings: Readonly<Record<TimeRow["kind"], readonly string[]>> = {
  stay: ["title-visits"],
  visit: ["title-visits"],
  medicine: ["title-past-medicines", "title-medicines"],
  procedure: ["title-procedures"],
};

/**
 * Two years in one picture: a row for stays, one for visits, one for each ingredient and each procedure, all on the same days. Every row says its
 * days in words too, so that the picture is a list for whoever cannot see it; pressing a row leads to what it is made of.
 */
export function Timeline({ sections, asOf }: TimelineProps) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  const { now, clockRight } = usePage();
  const timeline = timelineOf(sections, dayInJapan(clockRight ? now : Date.parse(asOf)));
  return (
    <section className="part timeline" aria-labelledby="title-timeline">
      <h2 id="title-timeline" tabIndex={-1}>
        {t("time.title", { months: timelineMonths })}
      </h2>
      <p className="soft">{t("time.help")}</p>
      {timeline.rows.length === 0 ? (
        <p>{t("time.empty")}</p>
      ) : (
        <>
          <Axis timeline={timeline} />
          <ul className="time-rows">
            {timeline.rows.map((row) => (
              <Row key={`${row.kind} ${row.name}`} row={row} timeline={timeline} />
            ))}
          </ul>
        </>
      )}
      {timeline.earlier + timeline.undated === 0 ? null : (
        <p className="more">{t("time.left", { earlier: timeline.earlier, undated: timeline.undated })}</p>
      )}
    </section>
  );
}

/** Where a day stands, in per cent of the width. */
const place = ({ from, to }: TimelineOf, day: number): number => ((Math.min(Math.max(day, from), to) - from) / (to - from)) * 100;
const percent = (share: number): string => `${share.toFixed(2)}%`;

function Axis({ timeline }: { readonly timeline: TimelineOf }) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  return (
    <div className="time-axis" aria-hidden="true">
      {ticksOf(timeline)
        .filter((tick) => timeline.today - tick > 45)
        .map((tick) => (
          <span key={tick} style={{ left: percent(place(timeline, tick)) }}>
            {dayText(tick).slice(0, 7)}
          </span>
        ))}
      <strong style={{ left: percent(place(timeline, timeline.today)) }}>{t("time.today")}</strong>
    </div>
  );
}

function Row({ row, timeline }: { readonly row: TimeRow; readonly timeline: TimelineOf }) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  const ids = useContext(ItemIdsContext);
  const go = () => {
    const places = [...row.items.map((item) => ids.get(item) ?? ""), ...headings[row.kind]];
    jumpTo(places.find((id) => document.getElementById(id) !== null) ?? "");
  };
  const stretches = row.stretches.toReversed().map(({ said: [first, last], open }) => `${first} 〜 ${open ? t("time.open") : last}`);
  const points = row.points.toReversed().map(({ said, open }) => (open ? t("time.from", { day: said }) : said));
  return (
    <li>
      <button type="button" className="time-row" onClick={go}>
        <span className="time-name">
          <span aria-hidden="true">{marks[row.kind]} </span>
          <Unbroken text={row.kind === "stay" || row.kind === "visit" ? t(`time.${row.kind}`) : row.name} />
        </span>
        <Strip row={row} timeline={timeline} />
        <span className="time-words">
          {[...stretches, ...points].map((words) => (
            <span className="pair" key={words}>
              <Unbroken text={words} />
            </span>
          ))}
        </span>
      </button>
    </li>
  );
}

function Strip({ row, timeline }: { readonly row: TimeRow; readonly timeline: TimelineOf }) {
  const at = (day: number) => place(timeline, day);
  return (
    <svg className={`time-strip time-${row.kind}`} aria-hidden="true">
      <line className="time-base" x1="0" x2="100%" y1="50%" y2="50%" />
      {ticksOf(timeline).map((tick) => (
        <line className="time-tick" key={tick} x1={percent(at(tick))} x2={percent(at(tick))} y1="0" y2="100%" />
      ))}
      {row.stretches.map(({ from, to, open }) => (
        <rect
          className={open ? "time-bar time-open" : "time-bar"}
          key={from}
          x={percent(at(from))}
          width={percent(Math.max(0.6, at(to) - at(from)))}
          y="25%"
          height="50%"
        />
      ))}
      {row.points.map(({ day, said, open }) => (
        <text className="time-point" key={said} x={percent(at(day))} y="50%" textAnchor="middle" dominantBaseline="central">
          {open ? "？" : row.kind === "medicine" ? "●" : marks[row.kind]}
        </text>
      ))}
      <line className="time-today" x1={percent(at(timeline.today))} x2={percent(at(timeline.today))} y1="0" y2="100%" />
    </svg>
  );
}
