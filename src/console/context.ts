import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import { codeOf, type ErrorCode } from "../shared/error.ts";
import type { ConsoleWords, Language } from "../words/console.ts";
import type { Api } from "./api.ts";

export interface Console {
  readonly api: Api;
  readonly words: ConsoleWords;
  readonly language: Language;
  /** Called with every failure: a session that ended leads back to the sign-in. */
  readonly failed: (code: ErrorCode) => void;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const found = useContext(ConsoleContext);
  if (found === null) throw new Error("outside the console");
  return found;
}

export interface Task {
  readonly busy: boolean;
  readonly error: ErrorCode | null;
  run(work: () => Promise<void>): void;
}

/** One thing at a time; its failure stays visible until the next try. */
export function useTask(): Task {
  const { failed } = useConsole();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorCode | null>(null);
  const running = useRef(false);
  const run = useCallback(
    (work: () => Promise<void>) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      setError(null);
      work()
        .catch((cause: unknown) => {
          setError(codeOf(cause));
          failed(codeOf(cause));
        })
        .finally(() => {
          running.current = false;
          setBusy(false);
        });
    },
    [failed],
  );
  return { busy, error, run };
}

export interface Loaded<T> extends Task {
  /** null: not here yet. */
  readonly value: T | null;
  readonly set: (value: T) => void;
  readonly reload: () => void;
}

/** Asks once when the page appears, and again when told. */
export function useLoaded<T>(ask: (api: Api) => Promise<T>): Loaded<T> {
  const { api } = useConsole();
  const task = useTask();
  const [value, set] = useState<T | null>(null);
  const asking = useRef(ask);
  const { run } = task;
  const reload = useCallback(() => run(async () => set(await asking.current(api))), [run, api]);
  useEffect(reload, [reload]);
  return { ...task, value, set, reload };
}
