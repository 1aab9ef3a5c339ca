import type { Count } from "../shared/protocol/reviewReport.ts";
import { useConsole } from "./context.ts";

interface BarsProps {
  readonly title: string;
  readonly counts: readonly Count[];
  /** Words for a name. */
  readonly nameOf: (name: string) => string;
}

/** A table whose numbers are also drawn: whoever looks sees the bars, whoever listens hears the numbers. */
export function Bars({ title, counts, nameOf }: BarsProps) {
  const { words } = useConsole();
  const said = words.review.report;
  const most = counts.reduce((greatest, { count }) => Math.max(greatest, count), 1);
  const shown = counts.filter(({ count }) => count > 0);
  return (
    <section className="bars">
      <h3>{title}</h3>
      {shown.length === 0 ? <p className="soft">{said.none}</p> : null}
      {shown.length === 0 ? null : (
        <table>
          <thead className="unseen">
            <tr>
              <th scope="col">{title}</th>
              <th scope="col">{said.count}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, count }) => (
              <tr key={name}>
                <th scope="row">{nameOf(name) || said.unnamed}</th>
                <td className="bars-number">{count}</td>
                <td className="bars-bar" aria-hidden="true">
                  <svg viewBox="0 0 100 10" preserveAspectRatio="none" className="bar-picture" aria-hidden="true">
                    <rect x="0" y="0" width={(100 * count) / most} height="10" className="bar-fill" />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The days of a month as columns; the same numbers as a table for who cannot see them. */
export function Days({ title, counts }: Omit<BarsProps, "nameOf">) {
  const most = counts.reduce((greatest, { count }) => Math.max(greatest, count), 1);
  const [width, height, foot] = [20, 100, 18];
  return (
    <figure className="days">
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      <svg viewBox={`0 0 ${counts.length * width} ${height + foot + 14}`} aria-hidden="true" className="days-picture">
        <line x1="0" x2={counts.length * width} y1={height + 14} y2={height + 14} className="bar-line" />
        {counts.map(({ name, count }, i) => (
          <g key={name}>
            <rect
              x={i * width + 3}
              y={14 + height - (height * count) / most}
              width={width - 6}
              height={(height * count) / most}
              className="bar-fill"
            />
            {count === 0 ? null : (
              <text x={i * width + width / 2} y={10 + height - (height * count) / most} className="bar-text">
                {count}
              </text>
            )}
            {i % 5 === 0 || i === counts.length - 1 ? (
              <text x={i * width + width / 2} y={height + foot + 11} className="bar-text">
                {i + 1}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <table className="unseen">
        <tbody>
          {counts.map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
