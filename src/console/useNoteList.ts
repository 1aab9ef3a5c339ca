import { useCallback, useEffect, useState } from "react";
import { codeOf, type ErrorCode } from "../shared/error.ts";
import type { NoteFilter, NoteList } from "../shared/protocol/notesConsole.ts";
import { useConsole } from "./context.ts";

export interface Listed {
  /** Of this very filter; null: not here yet. Under a new filter nothing of the old list stands where somebody may press it. */
  readonly list: NoteList | null;
  /** The newest counts and sites, of whichever filter. */
  readonly last: NoteList | null;
  readonly busy: boolean;
  readonly error: ErrorCode | null;
  reload(): void;
  /** Adds the next page. */
  more(): void;
}

/** The list of a filter: the newest question counts, an answer to an older one is dropped. */
export function useNoteList(filter: NoteFilter): Listed {
  const { api, failed } = useConsole();
  const [asked, setAsked] = useState<{ readonly filter: NoteFilter; readonly after: NoteList | null }>({ filter, after: null });
  const [loaded, setLoaded] = useState<{ readonly filter: NoteFilter; readonly list: NoteList } | null>(null);
  const [busy, setBusy] = useState(true);
  const [error, setError] = useState<ErrorCode | null>(null);
  useEffect(() => setAsked({ filter, after: null }), [filter]);
  useEffect(() => {
    let newest = true;
    setBusy(true);
    setError(null);
    const { after } = asked;
    api.notes
      .list({ ...asked.filter, before: after?.next ?? "" })
      .then((list) => newest && setLoaded({ filter: asked.filter, list: { ...list, items: [...(after?.items ?? []), ...list.items] } }))
      .catch((cause: unknown) => {
        if (newest) setError(codeOf(cause));
        failed(codeOf(cause));
      })
      .finally(() => newest && setBusy(false));
    return () => {
      newest = false;
    };
  }, [api, failed, asked]);
  const list = loaded?.filter === filter ? loaded.list : null;
  return {
    list,
    last: loaded?.list ?? null,
    busy,
    error,
    reload: useCallback(() => setAsked({ filter, after: null }), [filter]),
    more: () => setAsked({ filter, after: list }),
  };
}
