import { useState } from "react";
import { checks, levels } from "../shared/protocol/readiness.ts";
import { type DeviceReadiness, SILENT_DAYS } from "../shared/protocol/readinessConsole.ts";
import { Choices } from "../ui/Choices.tsx";
import { readinessWords } from "../words/console-readiness.ts";
import { useConsole, useLoaded } from "./context.ts";
import { filled } from "./filled.ts";
import { PageHead } from "./parts.tsx";
import { when } from "./when.ts";
import "./readiness.css";

const orders = ["worst", "site", "seen"] as const;
type Order = (typeof orders)[number];
/** Told apart without any colour. */
const marks = { red: "■", amber: "▲", unknown: "？", green: "●" } as const;

const inOrder: Readonly<Record<Order, (a: DeviceReadiness, b: DeviceReadiness) => number>> = {
  worst: (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || a.lastSeen - b.lastSeen,
  site: (a, b) => a.siteName.localeCompare(b.siteName, "ja") || inOrder.worst(a, b),
  seen: (a, b) => a.lastSeen - b.lastSeen,
};

/** Every device of every site: its one answer, what is not good about it, and when it was heard of. */
export function Readiness() {
  const { words, language } = useConsole();
  const said = readinessWords[language];
  const loaded = useLoaded((api) => api.readiness());
  const [order, setOrder] = useState<Order>("worst");
  const { value } = loaded;
  const usual = usualBuild(value?.devices ?? []);
  const count = (level: DeviceReadiness["level"]) => value?.devices.filter((device) => device.level === level).length ?? 0;
  return (
    <section className="stack">
      <PageHead title={words.tabs.readiness} lead={said.lead} loaded={loaded} />
      {value === null ? null : value.devices.length === 0 ? (
        <p className="empty">{said.none}</p>
      ) : (
        <>
          <p role="status">
            <strong>{filled(said.counts, { red: count("red"), amber: count("amber"), green: count("green") })}</strong>
          </p>
          <div className="readiness-order">
            <Choices
              legend={said.sort}
              chosen={[order]}
              choices={orders.map((name) => ({ value: name, label: said.sorts[name] }))}
              onChange={([chosen]) => chosen !== undefined && setOrder(chosen)}
            />
          </div>
          <div className="readiness-scroll">
            <table className="readiness">
              <thead>
                <tr>
                  {[said.answer, said.site, said.device, said.findings, said.seen, said.asOf, said.program].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {[...value.devices].sort(inOrder[order]).map((device) => (
                  <Device key={device.id} device={device} usual={usual} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

/** The build that most devices told; "" when none told any. Of equally many the newer report's counts. */
export function usualBuild(devices: readonly DeviceReadiness[]): string {
  const told = devices.flatMap(({ report }) => (report === null || report.build === "" ? [] : [report]));
  const counts = new Map<string, { many: number; newest: number }>();
  for (const { build, received } of told) {
    const { many, newest } = counts.get(build) ?? { many: 0, newest: 0 };
    counts.set(build, { many: many + 1, newest: Math.max(newest, received) });
  }
  const [usual] = [...counts].sort(([, a], [, b]) => b.many - a.many || b.newest - a.newest);
  return usual?.[0] ?? "";
}

function Device({ device, usual }: { readonly device: DeviceReadiness; readonly usual: string }) {
  const { language } = useConsole();
  const said = readinessWords[language];
  const { level, report } = device;
  return (
    <tr className={`readiness-${level}`}>
      <td className="readiness-level">
        <span aria-hidden="true">{marks[level]} </span>
        {said.levels[level]}
      </td>
      <td>{device.siteName}</td>
      <th scope="row">{device.name}</th>
      <td>
        <Findings device={device} />
      </td>
      <td className="readiness-when">{device.lastSeen === 0 ? said.never : when(device.lastSeen, language)}</td>
      <td className="readiness-when">{report === null || report.asOf === 0 ? said.nothing : when(report.asOf, language)}</td>
      <td>
        {report === null ? null : (
          <>
            {`${report.version} ${report.build}`}
            {report.build === "" || report.build === usual ? null : (
              <p className="badge badge-warn">
                <span aria-hidden="true">▲ </span>
                {said.differs}
              </p>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

/** Worst first; of a silent device what it told last stands below, with its time. */
function Findings({ device: { standing, report } }: { readonly device: DeviceReadiness }) {
  const { language } = useConsole();
  const said = readinessWords[language];
  const found =
    report === null
      ? []
      : levels.filter((level) => level !== "green").flatMap((level) => checks.filter((check) => report.lines[check] === level));
  return (
    <>
      {standing === "told" ? null : <p>{filled(said.standing[standing], { days: SILENT_DAYS })}</p>}
      {report === null ? null : (
        <>
          {found.length === 0 && standing === "told" ? <p>{said.fine}</p> : null}
          <ul className="readiness-findings">
            {found.map((check) => (
              <li key={check}>
                <span aria-hidden="true">{marks[report.lines[check]]} </span>
                {said.checks[check]}
                <span className="soft">（{said.levels[report.lines[check]]}）</span>
              </li>
            ))}
          </ul>
          <p className="soft">
            {said.told} {when(report.received, language)}
            {report.locked ? ` ${said.locked}` : ""}
          </p>
        </>
      )}
    </>
  );
}
