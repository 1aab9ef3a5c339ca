/** The console's exchanges about disasters, JSON on the console's own origin. */
import { shapeOf } from "./shape.ts";

export const disasterPaths = {
  list: "/api/disasters",
  declare: "/api/disasters/declare",
  end: "/api/disasters/end",
  extend: "/api/disasters/extend",
  step: "/api/disasters/step",
} as const;

export interface DisasterItem {
  /** base64url of 16 bytes. */
  readonly id: string;
  /** Site ids; ["*"]: the whole region. */
  readonly sites: readonly string[];
  readonly words: string;
  /** ms. */
  readonly from: number;
  readonly until: number;
  readonly declaredBy: string;
  /** "" while it runs, or when it ended by itself. */
  readonly endedBy: string;
}

/** Steps back to normal, for each site of the area. */
export const returnSteps = ["envelope", "journal", "notes", "epoch", "review"] as const;
export type ReturnStep = (typeof returnSteps)[number];

export interface ReturnState {
  readonly site: string;
  readonly siteName: string;
  readonly step: ReturnStep;
  /** done: the hub sees it · open: it sees that it is not · said: a person said so, the hub cannot see it. */
  readonly state: "done" | "open" | "said";
  /** Counts that a reader may see, such as devices not heard of since. */
  readonly left: number;
  readonly by: string;
  readonly at: number;
}

export interface DisasterReport {
  readonly item: DisasterItem;
  readonly openings: number;
  readonly rescues: number;
  readonly envelopes: number;
  readonly locals: number;
  readonly steps: readonly ReturnState[];
}

export interface DisastersAnswer {
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly disasters: readonly DisasterReport[];
  /** Declared on devices, newest first: from their journals. */
  readonly declared: readonly { readonly at: number; readonly deviceName: string; readonly words: string; readonly ended: boolean }[];
}

const limit = 16 * 1024;
const asked = shapeOf("bad-request");

export function parseDeclare(body: Uint8Array): { readonly sites: readonly string[]; readonly hours: number; readonly words: string } {
  const map = asked.map(asked.json(body, limit), ["sites", "hours", "words"], "disaster");
  return {
    sites: asked.list(map.sites, 1000, "sites").map((site) => asked.text(site, 64, "sites")),
    hours: asked.uint(map.hours, "hours"),
    words: asked.text(map.words, 200, "words"),
  };
}

export function parseEnd(body: Uint8Array): string {
  return asked.text(asked.map(asked.json(body, limit), ["id"], "disaster").id, 64, "id");
}

export function parseExtend(body: Uint8Array): { readonly id: string; readonly hours: number } {
  const map = asked.map(asked.json(body, limit), ["id", "hours"], "disaster");
  return { id: asked.text(map.id, 64, "id"), hours: asked.uint(map.hours, "hours") };
}

export function parseStep(body: Uint8Array): {
  readonly id: string;
  readonly site: string;
  readonly step: ReturnStep;
  readonly note: string;
} {
  const map = asked.map(asked.json(body, limit), ["id", "site", "step", "note"], "step");
  return {
    id: asked.text(map.id, 64, "id"),
    site: asked.text(map.site, 64, "site"),
    step: asked.oneOf(map.step, returnSteps, "step"),
    note: asked.words(map.note, 500, "note"),
  };
}

const told = shapeOf("hub-answer-bad");

export function parseDisasters(value: unknown): DisastersAnswer {
  const map = told.map(value, ["sites", "disasters", "declared"], "disasters");
  return {
    sites: told.list(map.sites, 10_000, "sites").map((each) => {
      const site = told.map(each, ["id", "name"], "site");
      return { id: told.text(site.id, 64, "site.id"), name: told.words(site.name, 200, "site.name") };
    }),
    disasters: told.list(map.disasters, 10_000, "disasters").map(parseReport),
    declared: told.list(map.declared, 10_000, "declared").map((each) => {
      const one = told.map(each, ["at", "deviceName", "words", "ended"], "declared");
      return {
        at: told.uint(one.at, "at"),
        deviceName: told.words(one.deviceName, 200, "deviceName"),
        words: told.words(one.words, 2000, "words"),
        ended: told.flag(one.ended, "ended"),
      };
    }),
  };
}

function parseReport(value: unknown): DisasterReport {
  const map = told.map(value, ["item", "openings", "rescues", "envelopes", "locals", "steps"], "report");
  const item = told.map(map.item, ["id", "sites", "words", "from", "until", "declaredBy", "endedBy"], "item");
  const count = (each: unknown, field: string) => told.uint(each, field);
  return {
    item: {
      id: told.text(item.id, 64, "id"),
      sites: told.list(item.sites, 10_000, "sites").map((site) => told.text(site, 64, "sites")),
      words: told.words(item.words, 200, "words"),
      from: count(item.from, "from"),
      until: count(item.until, "until"),
      declaredBy: told.words(item.declaredBy, 200, "declaredBy"),
      endedBy: told.words(item.endedBy, 200, "endedBy"),
    },
    openings: count(map.openings, "openings"),
    rescues: count(map.rescues, "rescues"),
    envelopes: count(map.envelopes, "envelopes"),
    locals: count(map.locals, "locals"),
    steps: told.list(map.steps, 50_000, "steps").map((each) => {
      const step = told.map(each, ["site", "siteName", "step", "state", "left", "by", "at"], "step");
      return {
        site: told.text(step.site, 64, "step.site"),
        siteName: told.words(step.siteName, 200, "step.siteName"),
        step: told.oneOf(step.step, returnSteps, "step.step"),
        state: told.oneOf(step.state, ["done", "open", "said"] as const, "step.state"),
        left: count(step.left, "step.left"),
        by: told.words(step.by, 200, "step.by"),
        at: count(step.at, "step.at"),
      };
    }),
  };
}
