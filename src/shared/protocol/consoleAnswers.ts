/** Reading the console's answers on the page; each throws "hub-answer-bad" for what the hub would never say. */
import { TomoshibiError } from "../error.ts";
import { parseRoles } from "./account.ts";
import { type AlertItem, type DeviceItem, deviceStates, type Figures, type IssuedCode, type Session, type StaffItem } from "./console.ts";
import { staffRoles } from "./enrolment.ts";
import { shapeOf } from "./shape.ts";

const shape = shapeOf("hub-answer-bad");
const most = 20_000;

/** Any text, also an empty one or one of several lines. */
function words(value: unknown, field: string): string {
  if (typeof value !== "string" || value.length > 10_000) throw new TomoshibiError("hub-answer-bad", { field });
  return value;
}

/** ms; a device's clock may say anything. */
const instant = (value: unknown, field: string): number => shape.uint(value, field);

export function parseSession(value: unknown): Session {
  const map = shape.map(value, ["name", "csrf", "roles"], "session");
  return { name: words(map.name, "name"), csrf: shape.text(map.csrf, 100, "csrf"), roles: parseRoles(map.roles) };
}

export function parseAlerts(value: unknown): readonly AlertItem[] {
  return shape.list(value, most, "alerts").map((item) => {
    const map = shape.map(item, ["id", "at", "kind", "device", "deviceName", "seq", "count"], "alert");
    return {
      id: words(map.id, "id"),
      at: instant(map.at, "at"),
      kind: words(map.kind, "kind"),
      device: words(map.device, "device"),
      deviceName: words(map.deviceName, "deviceName"),
      seq: shape.uint(map.seq, "seq"),
      count: shape.uint(map.count, "count"),
    };
  });
}

export function parseDevices(value: unknown): readonly DeviceItem[] {
  return shape.list(value, most, "devices").map((item) => {
    const map = shape.map(item, ["id", "name", "site", "fingerprint", "state", "created", "lastSeen", "decidedBy", "wipe"], "device");
    return {
      id: shape.encoded(map.id, 16, "id") && words(map.id, "id"),
      name: words(map.name, "name"),
      site: words(map.site, "site"),
      fingerprint: words(map.fingerprint, "fingerprint"),
      state: shape.oneOf(map.state, deviceStates, "state"),
      created: instant(map.created, "created"),
      lastSeen: instant(map.lastSeen, "lastSeen"),
      decidedBy: words(map.decidedBy, "decidedBy"),
      wipe: map.wipe === null ? null : parseWipe(map.wipe),
    };
  });
}

function parseWipe(value: unknown): DeviceItem["wipe"] {
  const map = shape.map(value, ["ordered", "told", "done"], "wipe");
  return { ordered: instant(map.ordered, "wipe.ordered"), told: instant(map.told, "wipe.told"), done: instant(map.done, "wipe.done") };
}

export function parseStaffList(value: unknown): readonly StaffItem[] {
  return shape.list(value, most, "staff").map((item) => {
    const map = shape.map(item, ["id", "name", "kana", "role", "site", "registered", "codeUntil"], "staff");
    return {
      id: shape.text(map.id, 64, "id"),
      name: words(map.name, "name"),
      kana: words(map.kana, "kana"),
      role: shape.oneOf(map.role, staffRoles, "role"),
      site: words(map.site, "site"),
      registered: shape.flag(map.registered, "registered"),
      codeUntil: instant(map.codeUntil, "codeUntil"),
    };
  });
}

export function parseIssuedCode(value: unknown): IssuedCode {
  const map = shape.map(value, ["code", "until"], "code");
  return { code: shape.text(map.code, 200, "code"), until: instant(map.until, "until") };
}

export function parseFigures(value: unknown): Figures {
  const map = shape.map(value, ["open", "alerts", "pending", "devices", "staff"], "figures");
  const figure = (name: keyof Figures) => shape.uint(map[name], name);
  return { open: figure("open"), alerts: figure("alerts"), pending: figure("pending"), devices: figure("devices"), staff: figure("staff") };
}
