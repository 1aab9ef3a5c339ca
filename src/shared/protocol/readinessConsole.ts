/** The console's page of readiness, JSON on the console's own origin: every device of every site, worst first. */
import { type Check, checks, type Level, levels, linesOf } from "./readiness.ts";
import { shapeOf } from "./shape.ts";

export const devicesReadinessPath = "/api/devices-readiness";
/** A device that has not been heard of for so long is red, whatever it said last. */
export const SILENT_DAYS = 3;

/** silent: not heard of for SILENT_DAYS · mute: heard of, but it never said how ready it is. */
export type Standing = "silent" | "mute" | "told";

export interface DeviceReadiness {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly siteName: string;
  /** ms of the last proven request; 0: never. */
  readonly lastSeen: number;
  readonly standing: Standing;
  /** The device's own answer; red when it is silent, amber when it is mute. */
  readonly level: Exclude<Level, "unknown">;
  readonly report: {
    /** ms of the hub's clock. */
    readonly received: number;
    /** The device was locked when it told: its clear key signed. */
    readonly locked: boolean;
    readonly version: string;
    readonly build: string;
    /** ms; 0: nothing was pulled. */
    readonly asOf: number;
    readonly lines: Readonly<Record<Check, Level>>;
  } | null;
}

export interface DevicesReadiness {
  readonly at: number;
  /** Worst first, then longest silent. */
  readonly devices: readonly DeviceReadiness[];
}

/** Errors: "hub-answer-bad". */
export function parseDevicesReadiness(value: unknown): DevicesReadiness {
  const shape = shapeOf("hub-answer-bad");
  const map = shape.map(value, ["at", "devices"], "readiness");
  return {
    at: shape.uint(map.at, "at"),
    devices: shape.list(map.devices, 100_000, "devices").map((each) => {
      const one = shape.map(each, ["id", "name", "site", "siteName", "lastSeen", "standing", "level", "report"], "device");
      return {
        id: shape.text(one.id, 64, "id"),
        name: shape.words(one.name, 200, "name"),
        site: shape.text(one.site, 64, "site"),
        siteName: shape.words(one.siteName, 200, "siteName"),
        lastSeen: shape.uint(one.lastSeen, "lastSeen"),
        standing: shape.oneOf(one.standing, ["silent", "mute", "told"] as const, "standing"),
        level: shape.oneOf(one.level, ["red", "amber", "green"] as const, "level"),
        report: one.report === null ? null : parseReport(one.report),
      };
    }),
  };
}

function parseReport(value: unknown): NonNullable<DeviceReadiness["report"]> {
  const shape = shapeOf("hub-answer-bad");
  const map = shape.map(value, ["received", "locked", "version", "build", "asOf", "lines"], "report");
  const lines = shape.map(map.lines, checks, "lines");
  return {
    received: shape.uint(map.received, "received"),
    locked: shape.flag(map.locked, "locked"),
    version: shape.words(map.version, 32, "version"),
    build: shape.words(map.build, 16, "build"),
    asOf: shape.uint(map.asOf, "asOf"),
    lines: linesOf((check) => shape.oneOf(lines[check], levels, `lines.${check}`)),
  };
}
