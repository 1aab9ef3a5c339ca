import type { AuditEvent } from "@medplum/fhirtypes";
import { countEvents, type EventFilter, type EventRow, findEvents, type Span } from "../store/audit-event.ts";
import { devices } from "../store/device.ts";
import { sites } from "../store/site.ts";
import type { Db } from "../store/store.ts";
import { entriesAside } from "./aside.ts";
import type { Subject } from "./entities.ts";
import { auditEvent, type EventContext, parts } from "./event.ts";
import { anyShape, choicesFor } from "./shapes.ts";

export interface ReadDeps {
  readonly db: Db;
  /** This hub, base64url. */
  readonly hub: string;
  /** Who a person reference is, as far as consent lets others know of them. */
  subjectOf(person: string): Promise<Subject>;
}

export interface Asked {
  readonly filter: EventFilter;
  readonly count: number;
  readonly offset: number;
  readonly newestFirst: boolean;
}

/** One page of events and how many fit altogether. */
export async function readEvents(
  deps: ReadDeps,
  asked: Asked,
): Promise<{ readonly total: number; readonly events: readonly AuditEvent[] }> {
  const { filter, count, offset, newestFirst } = asked;
  const total = await countEvents(deps.db, filter);
  const rows = count === 0 ? [] : await findEvents(deps.db, filter, { limit: count, offset, newestFirst });
  return { total, events: await toEvents(rows, await contextOf(deps)) };
}

const portion = 500;

/** Everything that happened in a span of time. */
const happenedIn = (span: Span): EventFilter => ({
  choices: choicesFor(anyShape),
  happened: [span],
  received: [],
  purposes: null,
  persons: null,
  agents: null,
  entities: null,
  places: null,
});

export async function countExport({ db }: ReadDeps, span: Span): Promise<number> {
  return await countEvents(db, happenedIn(span));
}

/** All events of a span, by rising time, in portions: whatever the journal's size, this holds one portion in memory. */
export async function* exportEvents(deps: ReadDeps, span: Span): AsyncGenerator<readonly AuditEvent[]> {
  const filter = happenedIn(span);
  const context = await contextOf(deps);
  let after: EventRow | null = null;
  for (;;) {
    const rows: EventRow[] = await findEvents(deps.db, filter, { limit: portion, after });
    if (rows.length > 0) yield await toEvents(rows, context);
    after = rows.at(-1) ?? null;
    if (after === null || rows.length < portion) return;
  }
}

/** Events of what is kept aside though rightly signed, of a span: whoever breaks a chain must not keep an opening from an auditor. */
export async function asideEvents(deps: ReadDeps, audit: CryptoKeyPair, span: Span): Promise<readonly AuditEvent[]> {
  const context = await contextOf(deps);
  const events: AuditEvent[] = [];
  for (const entry of await entriesAside(deps.db, audit)) {
    if (entry.trusted < span.from || entry.trusted >= span.to) continue;
    for (const part of parts) {
      const event = await auditEvent(entry, part, context);
      if (event !== null) events.push(event);
    }
  }
  return events;
}

async function toEvents(rows: readonly EventRow[], context: EventContext): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for (const row of rows) {
    const event = await auditEvent(row, parts[row.part === 0 ? 0 : 1], context);
    if (event !== null) events.push(event);
  }
  return events;
}

/** People asked for again and again in one run are looked up once; forgotten before they become many. */
const mostKnown = 10_000;

async function contextOf(deps: ReadDeps): Promise<EventContext> {
  const names = new Map((await sites(deps.db)).map(({ id, name }) => [id, name]));
  const siteNames = new Map((await devices(deps.db)).map(({ id, site }) => [id, names.get(site) ?? ""]));
  const known = new Map<string, Promise<Subject>>();
  return {
    hub: deps.hub,
    siteOf: (device) => siteNames.get(device) ?? "",
    subjectOf: (person) => {
      if (known.size > mostKnown) known.clear();
      const found = known.get(person) ?? deps.subjectOf(person);
      known.set(person, found);
      return found;
    },
  };
}
