import { type Expression, type SqlBool, sql } from "kysely";
import type { EntryRow } from "./journal.ts";
import type { Db } from "./tables.ts";

/** A journal entry, once for each event that is told of it. */
export interface EventRow extends Omit<EntryRow, "bytes" | "review"> {
  /** 0: its own event; 1: the one beside it. */
  part: number;
  /** Its place in the hub's log; null when it has none. */
  leaf: number | null;
}

/** Kinds for one part and one answer to "was it an emergency". */
export interface KindChoice {
  readonly part: 0 | 1;
  readonly emergency: boolean;
  /** null: whatever kind, also one that only a newer program knows. */
  readonly kinds: readonly string[] | null;
}

/** Milliseconds, `from` included, `to` not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What events are wanted; a list that is null asks nothing, an empty one fits nothing. */
export interface EventFilter {
  /** Every part there is of every kind, or fewer of them. */
  readonly choices: readonly KindChoice[];
  /** All must hold: by the time of the event, and by when it came. */
  readonly happened: readonly Span[];
  readonly received: readonly Span[];
  readonly purposes: readonly string[] | null;
  readonly persons: readonly string[] | null;
  /** Staff or device. */
  readonly agents: readonly string[] | null;
  /** Person, what was opened, or hash of the entry. */
  readonly entities: readonly { readonly of: "person" | "what" | "hash"; readonly value: string }[] | null;
  readonly places: readonly { readonly chain: string; readonly seq: number; readonly part: 0 | 1 }[] | null;
}

export interface EventPage {
  readonly limit: number;
  readonly offset?: number;
  /** Only what comes behind this one, in the order of rising time. */
  readonly after?: Pick<EventRow, "trusted" | "chain" | "seq" | "part"> | null;
  readonly newestFirst?: boolean;
}

const emergencies = ["ETREAT", "BTG"];
/** What the device declared, or, where its entry declares nothing, what the grant was opened for. */
const purpose = sql<string>`coalesce(nullif(e.purpose, ''), r.purpose, '')`;

const leaf = sql<number | null>`(select min(l.idx) from log_leaf as l where l.chain = e.chain and l.seq = e.seq and l.aside = '')`;

/** By time of the event, then chain, place and part: the same order in both databases. */
export async function findEvents(db: Db, filter: EventFilter, page: EventPage): Promise<EventRow[]> {
  const order = page.newestFirst === true ? "desc" : "asc";
  let query = base(db, filter)
    .select([
      "e.chain",
      "e.seq",
      "e.hash",
      "e.device",
      "e.kind",
      "e.at",
      "e.trusted",
      "e.staff",
      "e.role",
      "e.person",
      "e.what",
      "e.reason",
    ])
    .select(["e.note", "e.received", "p.part", purpose.as("purpose"), leaf.as("leaf")])
    .orderBy("e.trusted", order)
    .orderBy("e.chain", order)
    .orderBy("e.seq", order)
    .orderBy("p.part", order)
    .limit(page.limit)
    .offset(page.offset ?? 0);
  const after = page.after ?? null;
  if (after !== null)
    query = query
      // Says nothing more, but by it an index finds the place.
      .where("e.trusted", ">=", after.trusted)
      .where(
        sql<boolean>`(e.trusted, e.chain, e.seq, p.part) > (${after.trusted}, ${after.chain}, ${after.seq}, cast(${after.part} as integer))`,
      );
  return await query.execute();
}

export async function countEvents(db: Db, filter: EventFilter): Promise<number> {
  const { count } = await base(db, filter)
    .select((q) => q.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function base(db: Db, filter: EventFilter) {
  const twice = sql<{ part: number }>`(select 0 as part union all select 1 as part)`.as<"p">(sql`p`);
  return db
    .selectFrom("journal_entry as e")
    .leftJoin("review as r", "r.id", "e.review")
    .innerJoin(twice, (join) => join.onTrue())
    .where((is) => {
      const all: Expression<SqlBool>[] = [
        is.or(
          filter.choices
            .filter(({ kinds }) => kinds === null || kinds.length > 0)
            .map(({ part, emergency, kinds }) =>
              is.and([
                is("p.part", "=", part),
                is(purpose, emergency ? "in" : "not in", emergencies),
                ...(kinds === null ? [] : [is("e.kind", "in", [...kinds])]),
              ]),
            ),
        ),
        ...filter.happened.map(({ from, to }) => is.and([is("e.trusted", ">=", from), is("e.trusted", "<", to)])),
        ...filter.received.map(({ from, to }) => is.and([is("e.received", ">=", from), is("e.received", "<", to)])),
      ];
      if (filter.purposes !== null) all.push(is.or(filter.purposes.map((one) => is(purpose, "=", one))));
      if (filter.persons !== null) all.push(is.or(filter.persons.map((one) => is("e.person", "=", one))));
      if (filter.agents !== null) all.push(is.or(filter.agents.flatMap((one) => [is("e.staff", "=", one), is("e.device", "=", one)])));
      if (filter.entities !== null)
        all.push(
          is.or(
            filter.entities.map(({ of, value }) =>
              of === "hash" ? is("e.hash", "=", Buffer.from(value, "hex")) : is(`e.${of}`, "=", value),
            ),
          ),
        );
      if (filter.places !== null)
        all.push(
          is.or(
            filter.places.map(({ chain, seq, part }) =>
              is.and([is("e.chain", "=", chain), is("e.seq", "=", seq), is("p.part", "=", part)]),
            ),
          ),
        );
      return is.and(all);
    });
}
