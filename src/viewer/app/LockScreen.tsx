import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Meter } from "../../ui/Meter.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame } from "./context.ts";
import type { Credential, DeviceMember } from "./core.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { readLockFault } from "./lockFault.ts";
import { readAhead } from "./readAhead.ts";
import { StatusLine } from "./StatusLine.tsx";
import { failureOf, useTask } from "./useTask.ts";
import { useThrottle } from "./useThrottle.ts";

const ManualScreen = lazy(() => import("../manual/ManualScreen.tsx").then((part) => ({ default: part.ManualScreen })));
const EnvelopeForm = lazy(() => import("./EnvelopeForm.tsx").then((part) => ({ default: part.EnvelopeForm })));

/** Pick the name, give the passphrase or the passkey. Works without a network; the only place where an update is offered. */
export function LockScreen({ updateOffer }: { readonly updateOffer: ReactNode }) {
  const { t } = useWords();
  const { core } = useFrame();
  const [members] = useState(() => core.members());
  const [chosen, setChosen] = useState<DeviceMember | null>(members.length === 1 ? (members[0] ?? null) : null);
  const [sealed, setSealed] = useState(false);
  const [manual, setManual] = useState(false);
  const [fault] = useState(() => readLockFault(sessionStorage));
  useEffect(() => {
    // What comes behind the lock is fetched while the name is being picked, not after.
    const timer = setTimeout(readAhead, 300);
    return () => clearTimeout(timer);
  }, []);
  if (manual) {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <ManualScreen onDone={() => setManual(false)} />
      </Suspense>
    );
  }
  if (sealed) {
    return (
      <Suspense fallback={<p role="status">{t("app.loading")}</p>}>
        <EnvelopeForm onBack={() => setSealed(false)} />
      </Suspense>
    );
  }
  return (
    <main className="screen">
      <h1>{chosen === null ? t("lock.title") : t("lock.chosen", { name: chosen.name })}</h1>
      {chosen === null ? (
        <section className="stack" aria-label={t("lock.pick")}>
          <p>{t("lock.pick")}</p>
          <ul className="stack">
            {members.map((member) => (
              <li key={member.id}>
                <Button wide onPress={() => setChosen(member)}>
                  <span className="member-name">{member.name}</span> <span className="soft">{t(`role.${member.role}`)}</span>
                  {member.sponsoredUntil === undefined ? null : (
                    <span className="soft"> {t("lock.sponsored", { at: formatInstant(member.sponsoredUntil) })}</span>
                  )}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <UnlockForm key={chosen.id} member={chosen} {...(members.length > 1 ? { onOther: () => setChosen(null) } : {})} />
      )}
      {fault === null ? null : (
        <Notice kind="danger" title={t("lock.unwritten")} live>
          <p>{t("lock.unwrittenHelp")}</p>
          <p className="soft">{t("app.detail", { code: fault })}</p>
        </Notice>
      )}
      <p className="soft">{t("lock.offline")}</p>
      {core.envelopeStanding() === "none" ? null : <Button onPress={() => setSealed(true)}>{t("lock.envelope")}</Button>}
      <Button onPress={() => setManual(true)}>{t("home.manual")}</Button>
      {updateOffer}
      <StatusLine />
    </main>
  );
}

function UnlockForm({ member, onOther }: { readonly member: DeviceMember; readonly onOther?: () => void }) {
  const { t } = useWords();
  const { core } = useFrame();
  const [passphrase, setPassphrase] = useState("");
  const [shown, setShown] = useState(false);
  const [share, setShare] = useState(0);
  const task = useTask();
  const wait = useThrottle(task.failure);
  const unlock = (credential: Credential) =>
    task.run(async () => {
      setShare(0);
      await core.unlock(member.id, credential, setShare).catch((error: unknown) => {
        // What was typed wrong is not left standing on a shared screen.
        if (failureOf(error).code === "unlock-wrong") setPassphrase("");
        throw error;
      });
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "" && wait === 0) unlock({ kind: "passphrase", passphrase });
  };
  return (
    <form className="stack" onSubmit={submit} autoComplete="off">
      {member.credentials.includes("passkey") ? (
        <Button kind="main" wide disabled={task.busy || wait > 0} onPress={() => unlock({ kind: "passkey" })}>
          {t("lock.passkey")}
        </Button>
      ) : null}
      {member.credentials.includes("passphrase") ? (
        <>
          <Field label={t("lock.passphrase")} kind={shown ? "text" : "password"} value={passphrase} onChange={setPassphrase} autoFocus>
            <label className="tick">
              <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} /> <span>{t("lock.show")}</span>
            </label>
          </Field>
          <Submit disabled={task.busy || passphrase === "" || wait > 0}>{t("lock.open")}</Submit>
        </>
      ) : null}
      {task.busy ? (
        <Meter label={t("lock.working")} share={share}>
          {t("lock.working")}
        </Meter>
      ) : null}
      {wait > 0 ? <p role="status">{t("lock.wait", { seconds: wait })}</p> : null}
      <ErrorNotice
        failure={task.failure === null || (task.failure.code === "unlock-throttled" && wait === 0) ? null : { ...task.failure, detail: {} }}
      />
      {onOther === undefined ? null : (
        <Button kind="quiet" onPress={onOther}>
          {t("lock.others")}
        </Button>
      )}
    </form>
  );
}
