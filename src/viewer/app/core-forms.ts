/** Paper forms for an outage: none leaves the printer before its entry and its row are on disk, and each is listed until it comes back. */
import { TomoshibiError } from "../../shared/error.ts";
import { FORM_ID_BYTES, type FormKind, formIdOf, formKinds, readFormId } from "../../shared/protocol/paper.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Hit } from "../find/search.ts";
import type { Glass } from "../glass/glass.ts";
import type { Grant } from "../glass/grant.ts";
import type { FormRow } from "../journal/db.ts";
import { formsHere, keepForms, markReturned, personOfForm, wrapPerson } from "../journal/forms.ts";
import { stored } from "../vault/failure.ts";
import { type Context, needDevice, needSession } from "./core-context.ts";
import type { EntryPlace } from "./core-glass.ts";
import { writeAsMember } from "./core-journal.ts";

export interface FormView {
  /** 26 letters, as printed. */
  readonly id: string;
  readonly kind: FormKind;
  /** ms of trusted time. */
  readonly at: number;
  /** Name of who printed it. */
  readonly byName: string;
  /** It was printed for one person. */
  readonly bound: boolean;
  /** For whom; null on a blank form, and where that can no longer be read or the person is not on this device. */
  readonly hit: Hit | null;
  /** ms of trusted time; null: it is still out. */
  readonly returned: number | null;
}

export interface PrintedForms {
  readonly forms: readonly FormView[];
  /** The entry that says so. */
  readonly entry: EntryPlace;
  /** ms of trusted time. */
  readonly at: number;
}

export interface CoreForms {
  /** Forms printed here: those still out first, the oldest of them first. */
  forms(): Promise<readonly FormView[]>;
  /**
   * Ids for `count` forms of each kind, kept after their entry is on disk; print after it, never before. `grant`: they bear that person's
   * name. Errors: "grant-ended", "journal-write-failed", "storage-full", "storage-failed", "too-large" (more than 50 at once).
   */
  printForms(kinds: readonly FormKind[], count: number, grant: Grant<PartName> | null): Promise<PrintedForms>;
  /** What was written on it has been taken over. False: it was printed on another device, and is listed there. */
  returnForm(id: string): Promise<boolean>;
}

/** What one entry has room to name. */
const MOST = 50;

export function formsOf(context: Context, glass: Pick<Glass, "recordUse">): CoreForms {
  return {
    async forms() {
      needSession(context);
      const rows = await stored(() => formsHere(context.journal));
      return Promise.all(rows.map((row) => viewOf(context, row)));
    },
    printForms: (kinds, count, grant) => print(context, glass, kinds, count, grant),
    async returnForm(id) {
      needSession(context);
      const known = readFormId(id);
      return known !== null && (await stored(() => markReturned(context.journal, known, context.time.now())));
    },
  };
}

async function print(
  context: Context,
  glass: Pick<Glass, "recordUse">,
  kinds: readonly FormKind[],
  count: number,
  grant: Grant<PartName> | null,
): Promise<PrintedForms> {
  const session = needSession(context);
  const wanted = formKinds.filter((kind) => kinds.includes(kind)).flatMap((kind) => Array<FormKind>(count).fill(kind));
  if (wanted.length > MOST) throw new TomoshibiError("too-large", { forms: wanted.length });
  const made = wanted.map((kind) => ({ kind, id: formIdOf(context.deps.randomBytes(FORM_ID_BYTES)) }));
  const what = `forms ${made.map(({ kind, id }) => `${kind} ${id}`).join(", ")}`;
  const entry = grant
    ? await glass.recordUse(grant, "print", what)
    : await writeAsMember(context, session, "forms", { purpose: "TREAT", what });
  const at = context.time.now();
  const rows = await Promise.all(
    made.map(async ({ kind, id }): Promise<FormRow> => {
      const row = { id, kind, at, by: session.staff, returned: 0 };
      return grant ? { ...row, person: await wrapPerson(session.epochWrap, id, grant.person) } : row;
    }),
  );
  await stored(() => keepForms(context.journal, rows, at));
  const forms = await Promise.all(rows.map((row) => viewOf(context, row)));
  return { forms, entry: { chain: entry.chain, seq: entry.seq }, at };
}

async function viewOf(context: Context, row: FormRow): Promise<FormView> {
  const { epochWrap } = needSession(context);
  const { trust } = needDevice(context);
  const person = await personOfForm(epochWrap, row);
  const { id, at, by, returned } = row;
  return {
    id,
    kind: formKinds.find((kind) => kind === row.kind) ?? "course",
    at,
    byName: trust.roster?.members.find((member) => member.id === by)?.name ?? by,
    bound: row.person !== undefined,
    hit: person === null ? null : (context.opened?.latest(person) ?? null),
    returned: returned === 0 ? null : returned,
  };
}
