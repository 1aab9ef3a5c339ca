import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { formatInstant } from "../chart/dates.ts";
import { identityOf } from "../notes/find.ts";
import { useNotesWords } from "../notes/useNotesWords.ts";
import { useFrame } from "./context.ts";
import type { DeviceNote, UnknownGrant } from "./core-notes.ts";
import { Failed } from "./Failed.tsx";
import { FormBar } from "./FormBar.tsx";
import { GrantClock } from "./GrantClock.tsx";
import { Identify } from "./Identify.tsx";
import { NotesShown } from "./NotesFrame.tsx";
import { useAges } from "./useAges.ts";
import { useNotes } from "./useNotes.ts";
import { useTask } from "./useTask.ts";
import { type Begun, WriteNote } from "./WriteNote.tsx";

interface UnknownPageProps {
  readonly grant: UnknownGrant;
  readonly form: string | null;
  readonly onClose: () => void;
}

/** One unknown patient: who they seem to be on top throughout, what was noted, writing, and finding out who it is. */
export function UnknownPage({ grant, form, onClose }: UnknownPageProps) {
  const { t } = useNotesWords();
  const { core, now } = useFrame();
  const { subject } = grant;
  const ages = useAges();
  const [at, setAt] = useState<"page" | "identify" | { readonly corrected: DeviceNote | null }>("page");
  const [over, setOver] = useState(false);
  const begun = useRef<Begun | null>(null);
  const task = useTask();
  // Its end is an entry, whichever way the screen is left.
  useEffect(() => () => void core.endUnknown(grant).catch(() => undefined), [core, grant]);
  useEffect(() => {
    const timer = setInterval(() => setOver(now() >= grant.expiresAt), 1000);
    return () => clearInterval(timer);
  }, [grant, now]);
  if (over) {
    return (
      <main className="screen">
        <h1>{t("unknownEnded")}</h1>
        <Button kind="main" onPress={onClose}>
          {t("close")}
        </Button>
      </main>
    );
  }
  const undo = (said: DeviceNote) =>
    task.run(() =>
      core.writeNote(grant, {
        content: { kind: "text", text: t("undoText") },
        happened: formatInstant(now()).replace(" ", "T"),
        form: null,
        corrects: said.note.id,
      }),
    );
  const who = [subject.label, ages(subject), t(`sex.${subject.sex}`)].join(" ");
  return (
    <main className="screen screen-wide">
      <header className="unknown-who">
        <h1>{subject.label}</h1>
        <p className="hit-facts">
          <span className="badge badge-warn">{t("unknownTitle")}</span>
          <strong className="pair">{ages(subject)}</strong>
          <strong className="pair">{t(`sex.${subject.sex}`)}</strong>
          <GrantClock expiresAt={grant.expiresAt} />
        </p>
        {subject.features === "" ? null : <p>{subject.features}</p>}
        {subject.found === "" ? null : <p className="soft">{subject.found}</p>}
      </header>
      {form === null ? null : <FormBar form={form} />}
      <Failed failure={task.failure} />
      {at === "identify" ? (
        <Identify grant={grant} onDone={() => setAt("page")} />
      ) : at !== "page" ? (
        <WriteNote open={grant} who={who} corrected={at.corrected} form={form} begun={begun} onClose={() => setAt("page")} />
      ) : (
        <Page grant={grant} onWrite={(corrected) => setAt({ corrected })} onIdentify={() => setAt("identify")} onUndo={undo} />
      )}
      {at === "page" ? <Button onPress={onClose}>{t("unknownClose")}</Button> : null}
    </main>
  );
}

interface PageProps {
  readonly grant: UnknownGrant;
  readonly onWrite: (corrected: DeviceNote | null) => void;
  readonly onIdentify: () => void;
  readonly onUndo: (said: DeviceNote) => void;
}

function Page({ grant, onWrite, onIdentify, onUndo }: PageProps) {
  const { t } = useNotesWords();
  const { found, failure } = useNotes(grant);
  const said = found === null ? null : identityOf(found.notes);
  const { label } = grant.subject;
  return (
    <>
      {said?.note.content.kind === "identified" ? (
        <Notice kind="warn" title={t("identifiedAs", { label })}>
          <p>
            <strong>{said.note.content.name}</strong> {said.note.content.kana} {said.note.content.birthDate}
          </p>
          <p>{t("identifiedHow", { how: said.note.content.how })}</p>
          <Button onPress={() => onUndo(said)}>{t("undoIdentify")}</Button>
        </Notice>
      ) : null}
      <NotesShown found={found} failure={failure} title={t("unknownNotes", { label })} onWrite={onWrite} />
      {said === null && found !== null ? (
        <Button wide onPress={onIdentify}>
          {t("identify")}
        </Button>
      ) : null}
    </>
  );
}
