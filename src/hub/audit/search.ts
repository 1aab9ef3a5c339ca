import { TomoshibiError } from "../../shared/error.ts";
import type { EventFilter, Span } from "../store/audit-event.ts";
import { systems } from "./codes.ts";
import { parts, placeOfId } from "./event.ts";
import { choicesFor, type Token } from "./shapes.ts";
import { spanOf } from "./spans.ts";

export interface EventSearch {
  readonly filter: EventFilter;
  /** Facility numbers that were asked for (`patient:identifier=SYSTEM|NUMBER`): whoever has one is meant besides `filter.persons`. */
  readonly numbers: readonly Token[];
  readonly count: number;
  readonly offset: number;
  readonly newestFirst: boolean;
  /** Parameters that were not understood. */
  readonly ignored: readonly string[];
}

const usual = 50;
const most = 500;
/** Is no reference, no id and no code. */
const nobody = ".";
/** Values of one parameter, parted by commas. */
const mostValues = 50;

/**
 * Parameters of a search for AuditEvents. Those of R4: _id, _lastUpdated, date, agent, patient, entity (as Patient/ID, or :identifier),
 * type, subtype, action, outcome, _count, _offset, _sort=date|-date. R4 has no parameter for the purpose: `purpose` is that of R5.
 * Attacker-controlled. Errors: "bad-request" with `issue` and `text`.
 */
export function readEventSearch(search: URLSearchParams, strict: boolean): EventSearch {
  const used = new Set(["_format", "_pretty"]);
  const all = (name: string): string[] => {
    used.add(name);
    const given = search.getAll(name).filter((value) => value.trim() !== "");
    if (given.some((value) => /\p{Cc}/u.test(value))) throw no("invalid", `${name}: control characters`);
    return given;
  };
  const list = (...names: string[]): string[] | null => {
    const given = names.flatMap((name) => all(name).map((value) => [name, value] as const));
    if (given.length > 1) throw no("not-supported", `${given[0]?.[0] ?? ""}: once only; several values are parted by commas`);
    const values = given.flatMap(([, value]) => value.split(",").map((one) => one.trim()));
    if (values.length > mostValues) throw no("too-costly", `${names[0]}: at most ${mostValues} values`);
    return given.length === 0 ? null : values;
  };
  const tokens = (...names: string[]): Token[] | null => list(...names)?.map(tokenOf) ?? null;
  const spans = (name: string): Span[] => all(name).map((value) => spanOf(value, name));

  const patients = list("patient")?.map(personOf) ?? null;
  const identified = named(tokens("patient:identifier", "patient.identifier"));
  const entities = [...(list("entity") ?? []).map((value) => ({ of: "person", value: personOf(value) }) as const)];
  const entityTokens = named(tokens("entity:identifier"));
  const ids = list("_id");
  const filter: EventFilter = {
    choices: choicesFor({ type: tokens("type"), subtype: tokens("subtype"), action: tokens("action"), outcome: tokens("outcome") }),
    happened: spans("date"),
    received: spans("_lastUpdated"),
    purposes: named(tokens("purpose"))?.map((token) => codeIn(token, systems.actReason)) ?? null,
    persons:
      patients === null && identified === null
        ? null
        : [...(patients ?? []), ...(identified ?? []).filter(isPerson).map(({ code }) => code)],
    agents: agentsOf(list("agent"), named(tokens("agent:identifier"))),
    entities: entities.length === 0 && entityTokens === null ? null : [...entities, ...(entityTokens ?? []).flatMap(entityOf)],
    places: ids?.flatMap((id) => placesOf(id)) ?? null,
  };
  const [count, offset] = [number(all("_count"), usual, "_count"), number(all("_offset"), 0, "_offset")];
  const sort = list("_sort") ?? ["date"];
  if (sort.length !== 1 || !/^-?date$/.test(sort[0] ?? "")) throw no("not-supported", "_sort: date or -date");
  const ignored = [...new Set(search.keys())].filter((name) => !used.has(name));
  const modified = ignored.find((name) => name.includes(":") || name.includes("."));
  if (modified !== undefined) throw no("not-supported", `not supported: ${modified}`);
  if (strict && ignored.length > 0) throw no("not-supported", `not searched: ${ignored.join(", ")}`);
  const numbers = (identified ?? []).filter((token) => !isPerson(token));
  return { filter, numbers, count: Math.min(count, most), offset, newestFirst: sort[0] === "-date", ignored };
}

export function no(issue: string, text: string): TomoshibiError {
  return new TomoshibiError("bad-request", { issue, text });
}

/** Patient/ID or ID, as the hub's PDQm gives them, to the person reference; what is none fits nobody. */
function personOf(value: string): string {
  const [, id] = /^(?:Patient\/)?([0-9a-f]{32})$/.exec(value) ?? [];
  return id === undefined ? nobody : Buffer.from(id, "hex").toString("base64url");
}

const isPerson = ({ system }: Token): boolean => system === systems.person;

function agentsOf(references: string[] | null, identifiers: Token[] | null): string[] | null {
  if (references === null && identifiers === null) return null;
  const ours = [systems.staff, systems.device] as readonly (string | null)[];
  const named = (references ?? []).map((value) => value.replace(/^(?:Practitioner|Device)\//, ""));
  return [...named, ...(identifiers ?? []).flatMap(({ system, code }) => (system === null || ours.includes(system) ? [code] : []))];
}

function entityOf({ system, code }: Token): { of: "person" | "what" | "hash"; value: string }[] {
  if (system === systems.person) return [{ of: "person", value: code }];
  if (system === systems.opened) return [{ of: "what", value: code }];
  return system === systems.entry && /^[0-9a-f]{64}$/.test(code) ? [{ of: "hash", value: code }] : [];
}

function placesOf(id: string): { chain: string; seq: number; part: 0 | 1 }[] {
  const place = placeOfId(id);
  return place === null ? [] : [{ chain: place.chain, seq: place.seq, part: place.part === parts[0] ? 0 : 1 }];
}

/** A whole system is no answer to "which one". */
function named(tokens: Token[] | null): Token[] | null {
  if (tokens?.some(({ code }) => code === "")) throw no("not-supported", "a value must follow the system");
  return tokens;
}

function tokenOf(value: string): Token {
  const bar = value.indexOf("|");
  return bar < 0 ? { system: null, code: value } : { system: value.slice(0, bar), code: value.slice(bar + 1) };
}

/** A code of one system; another system's fits nothing. */
function codeIn({ system, code }: Token, wanted: string): string {
  return system === null || system === wanted ? code : nobody;
}

function number(given: readonly string[], otherwise: number, name: string): number {
  if (given.length === 0) return otherwise;
  if (given.length > 1 || !/^\d{1,9}$/.test(given[0] ?? "")) throw no("invalid", `${name}: a whole number`);
  return Number(given[0]);
}
