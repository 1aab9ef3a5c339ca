import "./notes.css";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { NoteContent } from "../../shared/note/note.ts";
import { Button, Submit } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import type { Translate } from "../../words/index.ts";
import type { NotesWords } from "../../words/notes-ja.ts";
import { type Doubt, readDraft, type Typed, timeDoubts, typedOf, type WrittenKind, type Wrong, writtenKinds } from "./draft.ts";
import { NoteReview } from "./NoteReview.tsx";
import { useNotesWords } from "./useNotesWords.ts";
import { VitalsFields } from "./VitalsFields.tsx";
import { WhenField } from "./WhenField.tsx";
import { WordFields } from "./WordFields.tsx";

/** What was begun: whoever goes back and returns finds their words. */
export interface Begun {
  readonly kind: WrittenKind | null;
  readonly typed: Typed;
  readonly happened: string;
}

export interface FieldsProps {
  readonly typed: Typed;
  /** What is wrong with a field, in words; null: nothing, or nobody asked yet. */
  readonly wrong: (field: string) => string | null;
  readonly onType: (field: string, value: string) => void;
}

interface NoteFormProps {
  /** Whom it is about, with two identifiers: stands over the review. */
  readonly who: ReactNode;
  /** YYYY-MM-DDTHH:MM. */
  readonly now: () => string;
  readonly showTime: (happened: string) => string;
  /** The note that this one takes the place of. */
  readonly corrected: NoteContent | null;
  readonly begun: Begun | null;
  readonly onBegun: (begun: Begun | null) => void;
  /** On disk when it resolves true; false: it failed, and `failure` says why. */
  readonly onSave: (content: NoteContent, happened: string) => Promise<boolean>;
  readonly busy: boolean;
  readonly failure: ReactNode;
  readonly onClose: () => void;
}

/** Kind, fields, review, saved: four steps, none of which loses a word. */
export function NoteForm(props: NoteFormProps) {
  const { t } = useNotesWords();
  const { corrected, begun, now, onBegun, onClose } = props;
  const start = corrected === null || corrected.kind === "identified" ? null : corrected;
  const [kind, setKind] = useState<WrittenKind | null>(begun?.kind ?? start?.kind ?? null);
  const [typed, setTyped] = useState<Typed>(begun?.typed ?? (start === null ? {} : typedOf(start)));
  const [happened, setHappened] = useState(() => begun?.happened ?? now());
  const [step, setStep] = useState<"write" | "review" | "saved">("write");
  const title = useRef<HTMLHeadingElement>(null);
  // Each step is a new screen: the eyes, the keyboard and the screen reader begin at its title.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step and the kind are what makes a new screen
  useEffect(() => {
    window.scrollTo(0, 0);
    title.current?.focus({ preventScroll: true });
  }, [step, kind]);
  useEffect(() => {
    onBegun(step === "saved" || kind === null ? null : { kind, typed, happened });
  }, [onBegun, step, kind, typed, happened]);
  const heading = (text: string) => (
    <h2 ref={title} tabIndex={-1}>
      {text}
    </h2>
  );
  if (step === "saved") {
    return (
      <section className="part note-form">
        {heading(t("saved"))}
        <Notice kind="plain" title={t("saved")} live>
          <p>{t("savedHelp")}</p>
        </Notice>
        <div className="row">
          <Button kind="main" onPress={onClose}>
            {t("close")}
          </Button>
          {corrected !== null ? null : (
            <Button
              onPress={() => {
                setKind(null);
                setTyped({});
                setHappened(now());
                setStep("write");
              }}
            >
              {t("another")}
            </Button>
          )}
        </div>
      </section>
    );
  }
  if (kind === null) {
    return (
      <section className="part note-form">
        {heading(t("pickKind"))}
        <ul className="note-kinds">
          {writtenKinds.map((each) => (
            <li key={each}>
              <Button wide onPress={() => setKind(each)}>
                {t(`kind.${each}`)}
              </Button>
            </li>
          ))}
        </ul>
        <Button onPress={onClose}>{t("cancel")}</Button>
      </section>
    );
  }
  return (
    <Fields
      {...props}
      kind={kind}
      typed={typed}
      happened={happened}
      reviewing={step === "review"}
      heading={heading}
      onType={(field, value) => setTyped((before) => ({ ...before, [field]: value }))}
      onWhen={setHappened}
      onStep={setStep}
      onOtherKind={corrected === null ? () => setKind(null) : onClose}
    />
  );
}

interface FieldsOfNote extends NoteFormProps {
  readonly kind: WrittenKind;
  readonly typed: Typed;
  readonly happened: string;
  readonly reviewing: boolean;
  readonly heading: (text: string) => ReactNode;
  readonly onType: (field: string, value: string) => void;
  readonly onWhen: (happened: string) => void;
  readonly onStep: (step: "write" | "review" | "saved") => void;
  readonly onOtherKind: () => void;
}

function Fields(props: FieldsOfNote) {
  const { kind, typed, happened, now, corrected, reviewing, heading, onStep, onType } = props;
  const { t } = useNotesWords();
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { content, wrong, doubts } = readDraft(kind, typed);
  const timed = happened !== "";
  const allDoubts = [...doubts, ...(timed ? timeDoubts(happened, now()) : [])].map((doubt) => doubtText(doubt, t));
  if (reviewing && content !== null) {
    const save = async () => {
      if (await props.onSave(content, happened)) onStep("saved");
    };
    return (
      <NoteReview
        {...props}
        content={content}
        doubts={allDoubts}
        title={heading(t("review"))}
        onSave={save}
        onBack={() => onStep("write")}
      />
    );
  }
  const wrongOf = (field: string) => {
    const found = asked ? wrong.find((each) => each.field === field) : undefined;
    return found === undefined ? null : wrongText(found, t);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (content !== null && timed) return onStep("review");
    // After it is drawn: the first wrong field is where the eyes must go.
    setTimeout(() => {
      const first = form.current?.querySelector<HTMLElement>("[aria-invalid], .field-wrong");
      first?.focus({ preventScroll: true });
      first?.scrollIntoView({ block: "center" });
    });
  };
  const fields = { typed, wrong: wrongOf, onType };
  return (
    <form className="part note-form" ref={form} onSubmit={submit} autoComplete="off" noValidate>
      {heading(t(corrected === null ? "aboutTitle" : "correctTitle", { kind: t(`kind.${kind}`) }))}
      {corrected === null ? null : <p>{t("correctHelp")}</p>}
      {kind === "vitals" ? <VitalsFields {...fields} /> : <WordFields {...fields} kind={kind} />}
      <WhenField happened={happened} now={now()} wrong={asked && !timed} onChange={props.onWhen} />
      {allDoubts.map((doubt) => (
        <p className="caution" key={doubt}>
          <span aria-hidden="true">▲ </span>
          {doubt}
        </p>
      ))}
      <Submit>{t("toReview")}</Submit>
      <Button onPress={props.onOtherKind}>{t("cancel")}</Button>
    </form>
  );
}

function wrongText(wrong: Wrong, t: Translate<NotesWords>): string {
  if (wrong.why === "long") return t("wrong.long", { most: wrong.most });
  if (wrong.why === "gcs") return t("gcsMissing");
  if (wrong.why === "missing") return wrong.field === "vitals" ? t("vitalsNone") : t("wrong.missing");
  return t(`wrong.${wrong.why}`);
}

function doubtText(doubt: Doubt, t: Translate<NotesWords>): string {
  if (doubt.why !== "range") return t(`doubt.${doubt.why}`);
  return t("doubt.range", { name: t(`value.${doubt.field}`), value: `${doubt.value} ${t(`unit.${doubt.field}`)}` });
}
