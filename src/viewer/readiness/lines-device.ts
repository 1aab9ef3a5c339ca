/** Of the lines those about the device itself and who uses it. Pure. */
import type { Facts } from "./facts.ts";
import type { Said } from "./line.ts";

/** A whole new publication must fit beside the one that is in use; below the second figure nothing can be relied on. */
export const QUOTA_ENOUGH_BYTES = 500_000_000;
export const QUOTA_LEAST_BYTES = 50_000_000;
export const BATTERY_ENOUGH = 0.5;
export const BATTERY_LEAST = 0.2;

export function program({ program: { version, build, stored, waits } }: Facts): Said {
  const values = { version, build: build === "" ? "?" : build };
  if (stored === false) return { level: "red", say: "program.gone", values, todo: "program.goneDo" };
  if (stored === null) return { level: "unknown", say: "program.unknown", values };
  return waits
    ? { level: "amber", say: "program.waits", values, todo: "program.waitsDo", action: "lock" }
    : { level: "green", say: "program.stored", values };
}

export function keys({ keys: held }: Facts): Said {
  if (held === null) return { level: "unknown", say: "keys.unknown" };
  const { own, members, rotation } = held;
  if (own === "one-way") return { level: "amber", say: "keys.oneWay", todo: "keys.do", action: "keys" };
  if (own === "unproven") return { level: "amber", say: "keys.unproven", todo: "keys.unprovenDo", action: "keys" };
  if (members < 2) return { level: "amber", say: "keys.few", values: { count: members }, todo: "keys.fewDo" };
  if (rotation !== null) return { level: "amber", say: "keys.rotation", todo: "keys.rotationDo", action: "lock" };
  return { level: "green", say: "keys.ready", values: { count: members } };
}

/** In a tab that nobody installed a browser may throw everything away after days without use; an installed app is at risk only of a full disk. */
export function storage({ persisted, installed: app }: Facts): Said {
  if (persisted === true) return { level: "green", say: "storage.kept" };
  if (persisted === null) return { level: "unknown", say: "storage.unknown", todo: "storage.unknownDo", action: "install" };
  return app === true
    ? { level: "amber", say: "storage.mayGo", todo: "storage.do", action: "persist" }
    : { level: "red", say: "storage.mayGo", todo: "storage.tabDo", action: "persist" };
}

export function quota({ storage: known }: Facts): Said {
  if (known === null) return { level: "unknown", say: "quota.unknown" };
  const left = Math.max(0, known.quota - known.used);
  const values = { left: megabytes(left), used: megabytes(known.used) };
  if (left >= Math.max(QUOTA_ENOUGH_BYTES, known.used)) return { level: "green", say: "quota.left", values };
  return { level: left >= QUOTA_LEAST_BYTES ? "amber" : "red", say: "quota.left", values, todo: "quota.do" };
}

export function installed({ installed: app }: Facts): Said {
  if (app === null) return { level: "unknown", say: "installed.unknown", todo: "installed.do", action: "install" };
  return app ? { level: "green", say: "installed.yes" } : { level: "amber", say: "installed.tab", todo: "installed.do", action: "install" };
}

export function clock({ clock: state }: Facts): Said {
  if (state === "ok") return { level: "green", say: "clock.right" };
  if (state === "unknown") return { level: "unknown", say: "clock.unknown", todo: "sync.do", action: "sync" };
  return { level: "amber", say: state === "ahead" ? "clock.ahead" : "clock.behind", todo: "clock.do" };
}

export function camera({ camera: state }: Facts): Said {
  switch (state) {
    case "granted":
      return { level: "green", say: "camera.granted" };
    case "refused":
      return { level: "amber", say: "camera.refused", todo: "camera.refusedDo" };
    case "absent":
      return { level: "amber", say: "camera.absent", todo: "camera.absentDo" };
    case "ask":
    case null:
      return { level: "unknown", say: "camera.ask", todo: "camera.do", action: "camera" };
  }
}

export function battery({ battery: known }: Facts): Said {
  if (known === null) return { level: "unknown", say: "battery.unknown" };
  const values = { percent: Math.round(known.level * 100) };
  if (known.charging) return { level: "green", say: "battery.charging", values };
  if (known.level >= BATTERY_ENOUGH) return { level: "green", say: "battery.left", values };
  return { level: known.level >= BATTERY_LEAST ? "amber" : "red", say: "battery.left", values, todo: "battery.do" };
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1_000_000).toLocaleString("en");
}
