import { useCallback, useEffect, useRef, useState } from "react";
import { codeOf, type ErrorCode, type ErrorDetail, TomoshibiError } from "../../shared/error.ts";

export interface Failure {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
}

export interface Task {
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly run: (work: () => Promise<void>) => void;
  readonly clear: () => void;
}

/** One piece of work at a time, whose failure is always shown; a second tap while it runs does nothing. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback((work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(null);
    const ended = (failed: Failure | null) => {
      running.current = false;
      if (!mounted.current) return;
      setBusy(false);
      setFailure(failed);
    };
    work().then(
      () => ended(null),
      (error: unknown) => ended(failureOf(error)),
    );
  }, []);
  const clear = useCallback(() => setFailure(null), []);
  return { busy, failure, run, clear };
}

export function failureOf(error: unknown): Failure {
  return { code: codeOf(error), detail: error instanceof TomoshibiError ? error.detail : {} };
}
