import { useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words/react.ts";
import { formatDate } from "../chart/dates.ts";
import { useNotesWords } from "../notes/useNotesWords.ts";
import { useFrame, useStatus } from "./context.ts";
import type { UnknownGrant, UnknownPatient } from "./core-notes.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Failed } from "./Failed.tsx";
import { FormBar } from "./FormBar.tsx";
import { RegisterUnknown } from "./RegisterUnknown.tsx";
import { UnknownPage } from "./UnknownPage.tsx";
import { useAges } from "./useAges.ts";
import { type Failure, failureOf, useTask } from "./useTask.ts";

interface UnknownScreenProps {
  readonly onDone: () => void;
  /** Paper form that is copied here. */
  readonly form?: string | null;
}

/** Patients nobody knows yet: who is here, a new one, and one of them opened, whose opening is an entry. */
export function UnknownScreen({ onDone, form = null }: UnknownScreenProps) {
  const { t } = useNotesWords();
  const { core } = useFrame();
  const [open, setOpen] = useState<UnknownGrant | null>(null);
  const [registering, setRegistering] = useState(false);
  const task = useTask();
  const show = (grant: UnknownGrant | null) => {
    setOpen(grant);
    setRegistering(false);
    window.scrollTo(0, 0);
  };
  const bar = form === null ? null : <FormBar form={form} />;
  if (open !== null) return <UnknownPage key={open.subject.id} grant={open} form={form} onClose={() => show(null)} />;
  if (registering) return <RegisterUnknown form={form} onDone={show} onBack={() => setRegistering(false)} />;
  return (
    <main className="screen">
      <h1>{t("unknownTitle")}</h1>
      {bar}
      <p>{t("unknownWhat")}</p>
      <Failed failure={task.failure} />
      <Button kind="main" wide onPress={() => setRegistering(true)}>
        {t("unknownNew")}
      </Button>
      <UnknownList busy={task.busy} onOpen={(id) => task.run(async () => show(await core.openUnknown(id)))} />
      <Button onPress={onDone}>{t("close")}</Button>
    </main>
  );
}

function UnknownList({ busy, onOpen }: { readonly busy: boolean; readonly onOpen: (id: string) => void }) {
  const { t: app, language } = useWords();
  const { t } = useNotesWords();
  const { core } = useFrame();
  const { version } = useStatus().notes;
  const ages = useAges();
  const [patients, setPatients] = useState<readonly UnknownPatient[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is what says that there is something new to read
  useEffect(() => {
    core.unknownPatients().then(setPatients, (error: unknown) => setFailure(failureOf(error)));
  }, [core, version]);
  if (failure !== null) return <ErrorNotice failure={failure} />;
  if (patients === null) return <p role="status">{app("app.loading")}</p>;
  return (
    <section className="stack" aria-labelledby="unknown-list">
      <h2 id="unknown-list">{t("unknownList")}</h2>
      {patients.length === 0 ? <p>{t("unknownNobody")}</p> : null}
      <ul className="hits">
        {patients.map(({ subject, since, deviceName, notes, identified }) => (
          <li key={subject.id}>
            <button
              type="button"
              className="hit"
              disabled={busy}
              onClick={(event) => {
                if (event.detail <= 1) onOpen(subject.id);
              }}
            >
              <span className="hit-name">
                <strong>{subject.label}</strong>
                <span className={identified ? "badge" : "badge badge-warn"}>{t(identified ? "unknownIs" : "unknownIsNot")}</span>
              </span>
              <span className="hit-facts">
                <strong className="pair">{ages(subject)}</strong>
                <strong className="pair">{t(`sex.${subject.sex}`)}</strong>
              </span>
              <span className="hit-more">{subject.features}</span>
              <span className="hit-more">{subject.found}</span>
              <span className="hit-more">{t("unknownSince", { at: formatDate(since, language), device: deviceName, count: notes })}</span>
              <span className="hit-more">{t("unknownOpenAs", { label: subject.label })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
