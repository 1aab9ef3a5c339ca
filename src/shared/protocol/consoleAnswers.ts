/** Reading the console's answers on the page; each throws "hub-answer-bad" for what the hub would never say. */
import { TomoshibiError } from "../error.ts";
import {
  type AlertItem,
  type DeviceItem,
  deviceStates,
  type Figures,
  type IssuedCode,
  type ReviewItem,
  reviewStates,
  type Session,
  type StaffItem,
} from "./console.ts";
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
  const map = shape.map(value, ["name", "csrf"], "session");
  return { name: words(map.name, "name"), csrf: shape.text(map.csrf, 100, "csrf") };
}

export function parseReviews(value: unknown): readonly ReviewItem[] {
  return shape.list(value, most, "reviews").map(parseReview);
}

export function parseReview(value: unknown): ReviewItem {
  const keys = ["id", "opened", "staff", "person", "device", "purpose", "steps", "state", "note", "reviewer", "decided", "marks", "rank"];
  const map = shape.map(value, keys, "review");
  const staff = shape.map(map.staff, ["id", "name", "role"], "staff");
  const device = shape.map(map.device, ["id", "name"], "device");
  return {
    id: shape.text(map.id, 64, "id"),
    opened: instant(map.opened, "opened"),
    staff: { id: words(staff.id, "staff.id"), name: words(staff.name, "staff.name"), role: words(staff.role, "staff.role") },
    person: map.person === null ? null : parsePerson(map.person),
    device: { id: words(device.id, "device.id"), name: words(device.name, "device.name") },
    purpose: words(map.purpose, "purpose"),
    steps: shape.list(map.steps, most, "steps").map(parseStep),
    state: shape.oneOf(map.state, reviewStates, "state"),
    note: words(map.note, "note"),
    reviewer: words(map.reviewer, "reviewer"),
    decided: instant(map.decided, "decided"),
    marks: shape.list(map.marks, 20, "marks").map((mark) => words(mark, "mark")),
    rank: shape.uint(map.rank, "rank"),
  };
}

function parsePerson(value: unknown): NonNullable<ReviewItem["person"]> {
  const map = shape.map(value, ["name", "kana", "birthDate", "sex"], "person");
  return {
    name: words(map.name, "name"),
    kana: words(map.kana, "kana"),
    birthDate: words(map.birthDate, "birthDate"),
    sex: words(map.sex, "sex"),
  };
}

function parseStep(value: unknown): ReviewItem["steps"][number] {
  const map = shape.map(value, ["kind", "at", "what", "reason", "note"], "step");
  return {
    kind: words(map.kind, "kind"),
    at: instant(map.at, "at"),
    what: words(map.what, "what"),
    reason: words(map.reason, "reason"),
    note: words(map.note, "note"),
  };
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
    const map = shape.map(item, ["id", "name", "site", "fingerprint", "state", "created", "lastSeen", "decidedBy"], "device");
    return {
      id: shape.encoded(map.id, 16, "id") && words(map.id, "id"),
      name: words(map.name, "name"),
      site: words(map.site, "site"),
      fingerprint: words(map.fingerprint, "fingerprint"),
      state: shape.oneOf(map.state, deviceStates, "state"),
      created: instant(map.created, "created"),
      lastSeen: instant(map.lastSeen, "lastSeen"),
      decidedBy: words(map.decidedBy, "decidedBy"),
    };
  });
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
