/** What devices say of their own readiness: kept as said, judged by the same rule as on the device, silence counted as the worst. */
import { type Level, levels, linesOf, overallOf, type ReadinessReport } from "../../shared/protocol/readiness.ts";
import { type DeviceReadiness, type DevicesReadiness, SILENT_DAYS } from "../../shared/protocol/readinessConsole.ts";
import { devices } from "../store/device.ts";
import { keepReadiness, type ReadinessRow, readinessRows } from "../store/readiness.ts";
import { sites } from "../store/site.ts";
import type { Db } from "../store/store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The device's own word, by either of its keys. Its clock is not believed: `received` is the hub's. */
export async function takeReadiness(
  db: Db,
  device: string,
  key: "open" | "locked",
  { version, build, asOf, lines }: ReadinessReport,
  received: number,
): Promise<void> {
  await keepReadiness(db, { device, received, key, version, build, as_of: asOf ?? 0, lines: JSON.stringify(lines) });
}

/** Approved devices of all sites, worst first, then those not heard of for longest. `silentDays`: from when silence is red. */
export async function devicesReadiness(db: Db, now: number, silentDays: number = SILENT_DAYS): Promise<DevicesReadiness> {
  const names = new Map((await sites(db)).map(({ id, name }) => [id, name]));
  const told = new Map((await readinessRows(db)).map((row) => [row.device, row]));
  const found = (await devices(db))
    .filter(({ state }) => state === "approved")
    .map(({ id, name, site, seen, decided }): DeviceReadiness => {
      const row = told.get(id);
      const report = row === undefined ? null : reportOf(row);
      // A device that was approved a moment ago has not been silent for days.
      const silent = now - Math.max(seen, decided) > silentDays * DAY_MS;
      const standing = silent ? "silent" : report === null ? "mute" : "told";
      const level = silent ? "red" : report === null ? "amber" : overallOf(report.lines);
      return { id, name, site, siteName: names.get(site) ?? site, lastSeen: seen, standing, level, report };
    });
  const rank = ({ level }: DeviceReadiness) => levels.indexOf(level);
  return { at: now, devices: found.sort((a, b) => rank(a) - rank(b) || a.lastSeen - b.lastSeen || (a.id < b.id ? -1 : 1)) };
}

function reportOf({ received, key, version, build, as_of, lines }: ReadinessRow): NonNullable<DeviceReadiness["report"]> {
  const kept = JSON.parse(lines) as Readonly<Record<string, Level>>;
  // A check that the program of then did not know.
  return { received, locked: key === "locked", version, build, asOf: as_of, lines: linesOf((check) => kept[check] ?? "unknown") };
}
