import { useEffect, useState } from "react";
import { useFrame, useStatus } from "./context.ts";
import type { NoteGrant, NotesFound } from "./core-notes.ts";
import { type Failure, failureOf } from "./useTask.ts";

/** The notes that a grant shows, read again whenever any note was written, came or changed. null: not read yet. */
export function useNotes(open: NoteGrant): { readonly found: NotesFound | null; readonly failure: Failure | null } {
  const { core } = useFrame();
  const { version } = useStatus().notes;
  const [state, setState] = useState<{ readonly found: NotesFound | null; readonly failure: Failure | null }>({
    found: null,
    failure: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is what says that there is something new to read
  useEffect(() => {
    let left = false;
    core.notesOf(open).then(
      (found) => left || setState({ found, failure: null }),
      (error: unknown) => left || setState((before) => ({ ...before, failure: failureOf(error) })),
    );
    return () => {
      left = true;
    };
  }, [core, open, version]);
  return state;
}
