import type { Lab } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { LabFlag } from "./LabFlag.tsx";
import { LabNumber } from "./LabNumber.tsx";
import { usePage } from "./page.ts";
import { type Scale, scaleOf, type Trend as TrendOf, type TrendPoint, trendOf } from "./trend.ts";
import { withKeys } from "./withKeys.ts";

/** The picture in its own units; 16 of them are one letter's height of the page around. */
const width = 320;
const height = 88;
const box = { left: 12, right: width - 14, top: 24, bottom: height - 24 };

interface TrendProps {
  readonly lab: Lab;
}

/**
 * The values of one test as a line, and every value with its date beside it: the picture says nothing that the words do not. The line joins what was measured
 * and nothing else: it stops at long gaps and at values that are no number.
 */
export function Trend({ lab }: TrendProps) {
  const { t, day, sources } = usePage();
  const trend = trendOf(lab);
  if (trend === null) return null;
  const [first, last] = [trend.points[0] as TrendPoint, trend.points.at(-1) as TrendPoint];
  const numbers = trend.points.toSorted((a, b) => a.number - b.number);
  const unit = lab.unit === "" ? "" : `\u00a0${lab.unit}`;
  const words = t("trend.label", {
    test: lab.test.text,
    count: trend.points.length,
    from: day(first.date),
    to: day(last.date),
    least: `${numbers[0]?.value ?? ""}${unit}`,
    most: `${numbers.at(-1)?.value ?? ""}${unit}`,
  });
  return (
    <figure className="trend">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
        <Picture trend={trend} />
      </svg>
      <figcaption>
        <ol className="trend-values" aria-label={t("trend.values")}>
          {withKeys([...trend.points, ...trend.undrawn].toSorted((a, b) => ((a.date ?? "") < (b.date ?? "") ? 1 : -1))).map(
            ([key, point]) => (
              <li className="pair" key={key}>
                <Unbroken text={point.date === null ? t("date.unknown") : point.date.slice(0, 10)} />{" "}
                <LabNumber value={point.value} unit={lab.unit} /> <LabFlag flag={point.flag} brief />
                {point.source === lab.source ? null : <span className="soft"> {sources[point.source]?.name ?? t("source.unknown")}</span>}
              </li>
            ),
          )}
        </ol>
        <p className="soft trend-notes">
          {[
            trend.range === null ? "" : t("trend.band", { range: lab.range }),
            trend.breaks.size > 1 ? t("trend.gap") : "",
            trend.undrawn.length === 0 ? "" : t("trend.undrawn", { count: trend.undrawn.length }),
          ]
            .filter((note) => note !== "")
            .map((note) => (
              <span className="pair" key={note}>
                {note}
              </span>
            ))}
        </p>
      </figcaption>
    </figure>
  );
}

function Picture({ trend }: { readonly trend: TrendOf }) {
  const scale = scaleOf(trend, box);
  const first = trend.points[0] as TrendPoint;
  const last = trend.points.at(-1) as TrendPoint;
  return (
    <>
      <Band trend={trend} scale={scale} />
      <line className="trend-axis" x1={box.left} x2={box.right} y1={box.bottom + 8} y2={box.bottom + 8} />
      <path className="trend-line" d={pathOf(trend, scale)} />
      {withKeys(trend.points).map(([key, point]) => (
        <Mark key={key} point={point} x={scale.x(point.at)} y={scale.y(point.number)} />
      ))}
      {labelled(trend, scale).map((point) => (
        <text
          className="trend-value"
          key={point.at}
          x={scale.x(point.at)}
          y={scale.y(point.number) - 9}
          textAnchor={anchorAt(scale.x(point.at))}
        >
          {point.value}
        </text>
      ))}
      <text className="trend-day" x={box.left - 8} y={height - 1} textAnchor="start">
        {first.date.slice(0, 10)}
      </text>
      <text className="trend-day" x={box.right + 10} y={height - 1} textAnchor="end">
        {last.date.slice(0, 10)}
      </text>
    </>
  );
}

/** The range as a band between two dashed limits; an open side runs to the edge. */
function Band({ trend: { range }, scale }: { readonly trend: TrendOf; readonly scale: Scale }) {
  if (range === null) return null;
  const top = range.high === null ? 0 : scale.y(range.high);
  const bottom = range.low === null ? box.bottom + 8 : scale.y(range.low);
  return (
    <>
      <rect className="trend-band" x="0" width={width} y={top} height={bottom - top} />
      {[range.high, range.low].map((limit) =>
        limit === null ? null : <line className="trend-limit" key={limit} x1="0" x2={width} y1={scale.y(limit)} y2={scale.y(limit)} />,
      )}
    </>
  );
}

function pathOf({ points, breaks }: TrendOf, { x, y }: Scale): string {
  return points.map(({ at, number }, i) => `${breaks.has(i) ? "M" : "L"}${x(at).toFixed(1)} ${y(number).toFixed(1)}`).join("");
}

/** The same shapes as the flags in words: up, twice up, down, twice down, a diamond, a ring; a dot where nothing was sent. */
function Mark({ point: { flag }, x, y }: { readonly point: TrendPoint; readonly x: number; readonly y: number }) {
  const way = flag === "L" || flag === "LL" ? 1 : -1;
  const triangle = (at: number) => `M${x - 5.5} ${at - way * 4}H${x + 5.5}L${x} ${at + way * 5.5}Z`;
  if (flag === "N") return <circle className="trend-ring" cx={x} cy={y} r="4" />;
  if (flag === "") return <circle className="trend-dot" cx={x} cy={y} r="3" />;
  if (flag === "A") return <path className="trend-out" d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`} />;
  if (flag === "H" || flag === "L") return <path className="trend-out" d={triangle(y)} />;
  return <path className="trend-out" d={`${triangle(y - 4)}${triangle(y + 5)}`} />;
}

/** Values that have room over their points, the newest first; those left out stand in the list. */
function labelled({ points }: TrendOf, { x }: Scale): readonly TrendPoint[] {
  const kept: TrendPoint[] = [];
  for (const point of points.toReversed()) {
    const left = Math.min(...kept.map(({ at }) => x(at)), Number.POSITIVE_INFINITY);
    if (left - x(point.at) >= 12 * Math.max(3, point.value.length)) kept.push(point);
  }
  return kept;
}

function anchorAt(x: number): "start" | "middle" | "end" {
  return x < 40 ? "start" : x > width - 40 ? "end" : "middle";
}
