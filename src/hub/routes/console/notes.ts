import type { Hono } from "hono";
import { toBase64Url } from "../../../shared/bytes.ts";
import {
  consoleNotePaths,
  type NoteList,
  type NotePerson,
  type NoteView,
  parseDecision,
  parseExport,
  parseFilter,
  parseKey,
  parseLink,
  wireItem,
} from "../../../shared/protocol/notesConsole.ts";
import { decideNote, linkUnknown } from "../../notes/decide.ts";
import { exportNotes } from "../../notes/export.ts";
import { listNotes, viewNote } from "../../notes/list.ts";
import { personOf } from "../../review/person.ts";
import { readBody } from "../body.ts";
import { turnstile } from "../limit.ts";
import type { ConsoleDeps } from "./deps.ts";

const small = 8 * 1024;

/** Downtime notes for the operator: all of them POSTs, since what is asked names patients. */
export function noteRoutes(app: Hono, console: ConsoleDeps): void {
  const deps = {
    ...console,
    personOf: async (person: string): Promise<NotePerson | null> => {
      const found = await personOf(console, person);
      return found === null ? null : { person, ...found };
    },
  };
  const viewOf = async (key: string) => wireView(await viewNote(deps, key));
  // A PDF is the one answer of the console that costs seconds.
  const making = turnstile(2, 8);

  app.post(consoleNotePaths.list, async (context) => {
    deps.sessions.changing(context);
    return context.json(wireList(await listNotes(deps, parseFilter(await readBody(context.req.raw, small)))));
  });

  app.post(consoleNotePaths.one, async (context) => {
    deps.sessions.changing(context);
    return context.json(await viewOf(parseKey(await readBody(context.req.raw, small))));
  });

  app.post(consoleNotePaths.decide, async (context) => {
    const { name } = deps.sessions.changing(context);
    const decision = parseDecision(await readBody(context.req.raw, small));
    await decideNote(deps, decision, name);
    return context.json(await viewOf(decision.key));
  });

  app.post(consoleNotePaths.link, async (context) => {
    const { name } = deps.sessions.changing(context);
    const link = parseLink(await readBody(context.req.raw, small));
    await linkUnknown(deps, link, name);
    return context.json(await viewOf(link.key));
  });

  app.post(consoleNotePaths.export, async (context) => {
    const { name: who } = deps.sessions.changing(context);
    const { key, format } = parseExport(await readBody(context.req.raw, small));
    const { name, type, bytes } = await making(() => exportNotes(deps, key, format, who));
    return context.json({ name, type, bytes: toBase64Url(bytes) });
  });
}

const wireList = (list: NoteList) => ({ ...list, items: list.items.map(wireItem) });
const wireView = (view: NoteView) => ({ ...view, item: wireItem(view.item), beside: view.beside.map(wireItem) });
