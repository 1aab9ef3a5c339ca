import {
  type ExportedFile,
  type NoteDecision,
  type NoteExport,
  type NoteFilter,
  type NoteLink,
  type NoteList,
  type NoteView,
  parseExported,
  parseList,
  parseView,
  consoleNotePaths as paths,
} from "../shared/protocol/notesConsole.ts";

/** What the page of downtime notes asks. */
export interface NotesApi {
  list(filter: NoteFilter): Promise<NoteList>;
  one(key: string): Promise<NoteView>;
  decide(decision: NoteDecision): Promise<NoteView>;
  link(link: NoteLink): Promise<NoteView>;
  export(asked: NoteExport): Promise<ExportedFile>;
}

export function makeNotesApi(call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>): NotesApi {
  return {
    list: async (filter) => parseList(await call("POST", paths.list, filter)),
    one: async (key) => parseView(await call("POST", paths.one, { key })),
    decide: async (decision) => parseView(await call("POST", paths.decide, decision)),
    link: async (link) => parseView(await call("POST", paths.link, link)),
    export: async (asked) => parseExported(await call("POST", paths.export, asked)),
  };
}
