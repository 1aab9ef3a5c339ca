/** Reading the console's answers about sites and cohorts on the page; each throws "hub-answer-bad" for what the hub would never say. */
import { parseDevices } from "./consoleAnswers.ts";
import { staffRoles } from "./enrolment.ts";
import { shapeOf } from "./shape.ts";
import {
  type ChangeItem,
  type CohortItem,
  type CohortsAnswer,
  type MemberItem,
  type Named,
  type SiteAnswer,
  type SiteItem,
  type SitesAnswer,
  siteKinds,
} from "./sites.ts";

const { map: mapOf, list, text, words, uint, flag, oneOf } = shapeOf("hub-answer-bad");
const most = 20_000;

const all = <T>(value: unknown, field: string, each: (item: unknown) => T): readonly T[] => list(value, most, field).map(each);
const strings = (value: unknown, field: string): readonly string[] => all(value, field, (item) => words(item, 1000, field));

export function parseSites(value: unknown): SitesAnswer {
  const map = mapOf(value, ["sites", "closed", "facilities", "cohorts"], "sites");
  return {
    sites: all(map.sites, "sites", parseSite),
    closed: all(map.closed, "closed", (item) => {
      const one = mapOf(item, ["id", "name", "removed"], "closed");
      return { id: text(one.id, 64, "id"), name: words(one.name, 200, "name"), removed: uint(one.removed, "removed") };
    }),
    facilities: all(map.facilities, "facilities", parseNamed),
    cohorts: all(map.cohorts, "cohorts", parseNamed),
  };
}

function parseSite(value: unknown): SiteItem {
  const keys = ["id", "name", "kind", "telephone", "facilities", "cohort", "staff", "devices", "pending"];
  const map = mapOf(value, keys, "site");
  return {
    id: text(map.id, 64, "id"),
    name: words(map.name, 200, "name"),
    kind: oneOf(map.kind, siteKinds, "kind"),
    telephone: words(map.telephone, 100, "telephone"),
    facilities: strings(map.facilities, "facilities"),
    cohort: words(map.cohort, 64, "cohort"),
    staff: uint(map.staff, "staff"),
    devices: uint(map.devices, "devices"),
    pending: uint(map.pending, "pending"),
  };
}

function parseNamed(value: unknown): Named {
  const map = mapOf(value, ["id", "name"], "named");
  return { id: text(map.id, 64, "id"), name: words(map.name, 400, "name") };
}

export function parseSiteAnswer(value: unknown): SiteAnswer {
  const map = mapOf(value, ["devices", "staff", "former", "history"], "site");
  return {
    devices: parseDevices(map.devices),
    staff: all(map.staff, "staff", parseMember),
    former: all(map.former, "former", (item) => {
      const one = mapOf(item, ["id", "name", "role", "removed"], "former");
      const named = { id: text(one.id, 64, "id"), name: words(one.name, 200, "name"), role: words(one.role, 64, "role") };
      return { ...named, removed: uint(one.removed, "removed") };
    }),
    history: all(map.history, "history", parseChange),
  };
}

function parseMember(value: unknown): MemberItem {
  const map = mapOf(value, ["id", "name", "kana", "role", "registered", "codeUntil", "declares"], "member");
  return {
    id: text(map.id, 64, "id"),
    name: words(map.name, 200, "name"),
    kana: words(map.kana, 200, "kana"),
    role: oneOf(map.role, staffRoles, "role"),
    registered: flag(map.registered, "registered"),
    codeUntil: uint(map.codeUntil, "codeUntil"),
    declares: flag(map.declares, "declares"),
  };
}

function parseChange(value: unknown): ChangeItem {
  const map = mapOf(value, ["at", "by", "subject", "kind", "before", "after"], "change");
  const said = (field: "by" | "subject" | "kind" | "before" | "after") => words(map[field], 10_000, field);
  return {
    at: uint(map.at, "at"),
    by: said("by"),
    subject: said("subject"),
    kind: said("kind"),
    before: said("before"),
    after: said("after"),
  };
}

export function parseCohorts(value: unknown): CohortsAnswer {
  const map = mapOf(value, ["cohorts", "rotations", "facilities"], "cohorts");
  return {
    cohorts: all(map.cohorts, "cohorts", parseCohort),
    rotations: all(map.rotations, "rotations", (item) => {
      const one = mapOf(item, ["cohort", "why", "by", "asked", "done"], "rotation");
      const said = { cohort: words(one.cohort, 64, "cohort"), why: words(one.why, 64, "why"), by: words(one.by, 200, "by") };
      return { ...said, asked: uint(one.asked, "asked"), done: uint(one.done, "done") };
    }),
    facilities: all(map.facilities, "facilities", parseNamed),
  };
}

function parseCohort(value: unknown): CohortItem {
  const keys = ["id", "name", "everybody", "facilities", "areas", "rotateDays", "sites", "published"];
  const map = mapOf(value, keys, "cohort");
  const published = map.published === null ? null : mapOf(map.published, ["people", "epoch", "at"], "published");
  return {
    id: text(map.id, 64, "id"),
    name: words(map.name, 200, "name"),
    everybody: flag(map.everybody, "everybody"),
    facilities: strings(map.facilities, "facilities"),
    areas: strings(map.areas, "areas"),
    rotateDays: uint(map.rotateDays, "rotateDays"),
    sites: strings(map.sites, "sites"),
    published:
      published === null
        ? null
        : { people: uint(published.people, "people"), epoch: uint(published.epoch, "epoch"), at: uint(published.at, "at") },
  };
}
