import type { ReactNode } from "react";
import type { ErrorCode } from "../shared/error.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/Notice.tsx";
import { errorWords } from "../words/errors.ts";
import { type Loaded, useConsole } from "./context.ts";

export function Failure({ code }: { readonly code: ErrorCode | null }) {
  const { language } = useConsole();
  return code === null ? null : <Notice kind="danger" title={errorWords[code][language]} live />;
}

/** Heading of a page with what it is for, a button to ask again, and what failed. */
export function PageHead({
  title,
  lead,
  loaded,
  children,
}: {
  title: string;
  lead: string;
  loaded: Pick<Loaded<unknown>, "busy" | "error" | "reload">;
  children?: ReactNode;
}) {
  const { words } = useConsole();
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        <div className="row">
          {children}
          <Button onPress={loaded.reload} disabled={loaded.busy}>
            {words.reload}
          </Button>
        </div>
      </div>
      <p className="soft">{lead}</p>
      <Failure code={loaded.error} />
    </>
  );
}

/** What of a page is shown: the mark before the chosen word says it without any colour. */
export function Views<V extends string>({
  label,
  views,
  chosen,
  wordOf,
  onChoose,
}: {
  label: string;
  views: readonly V[];
  chosen: V;
  wordOf: (view: V) => string;
  onChoose: (view: V) => void;
}) {
  return (
    <nav className="row" aria-label={label}>
      {views.map((view) => (
        <button
          key={view}
          type="button"
          className="button button-plain"
          aria-current={view === chosen ? "page" : undefined}
          onClick={() => onChoose(view)}
        >
          {view === chosen ? `● ${wordOf(view)}` : wordOf(view)}
        </button>
      ))}
    </nav>
  );
}

/** One fact: its name above, its value below. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A code that is shown once. */
export function CodeDialog({
  title,
  lead,
  code,
  until,
  onClose,
  children,
}: {
  title: string;
  lead: string;
  code: string;
  until: string;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { words } = useConsole();
  return (
    <Dialog title={title} closeWord={words.close} onClose={onClose}>
      <p>{lead}</p>
      {children}
      <p className="code">{code}</p>
      <p className="soft">
        {words.validUntil} {until}
      </p>
    </Dialog>
  );
}
