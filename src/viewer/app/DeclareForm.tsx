import { type FormEvent, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { emergencyEn } from "../../words/emergency-en.ts";
import { emergencyJa } from "../../words/emergency-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { useFrame } from "./context.ts";
import type { OtherSigner } from "./core-disaster.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { useTask } from "./useTask.ts";

const envelope = "envelope";

/** Two people at one device: who is unlocked, and another named member or the envelope's secret. */
export function DeclareForm() {
  const { t } = useMoreWords("emergency", emergencyJa, emergencyEn);
  const { core } = useFrame();
  const task = useTask();
  const [words, setWords] = useState("");
  const [other, setOther] = useState("");
  const [secret, setSecret] = useState("");
  if (!core.mayDeclareDisaster()) {
    return (
      <section className="part stack">
        <h2>{t("declareTitle")}</h2>
        <p>{t("declareNot")}</p>
      </section>
    );
  }
  const declarers = core.declarers();
  const withEnvelope = core.envelopeStanding() !== "none";
  const chosen = declarers.find(({ id }) => id === other);
  const ready = words.trim() !== "" && other !== "";
  const declare = (signer: OtherSigner) => task.run(() => core.declareDisaster(words, signer).finally(() => setSecret("")));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || secret === "") return;
    if (other === envelope) declare({ kind: "envelope", secret });
    else declare({ kind: "member", staffId: other, credential: { kind: "passphrase", passphrase: secret } });
  };
  const choices = [
    ...declarers.map(({ id, name }) => ({ value: id, label: name })),
    ...(withEnvelope ? [{ value: envelope, label: t("withEnvelope") }] : []),
  ];
  return (
    <form className="part stack" onSubmit={submit} autoComplete="off">
      <h2>{t("declareTitle")}</h2>
      <p>{t("declareWho")}</p>
      <Field label={t("words")} value={words} onChange={setWords} />
      {choices.length === 0 ? <p>{t("withNobody")}</p> : null}
      <Choices legend={t("with")} chosen={[other]} choices={choices} onChange={([next]) => setOther(next ?? "")} />
      {chosen?.credentials.includes("passkey") ? (
        <Button
          disabled={!ready || task.busy}
          onPress={() => declare({ kind: "member", staffId: chosen.id, credential: { kind: "passkey" } })}
        >
          {t("passkey")}
        </Button>
      ) : null}
      {other === envelope || chosen?.credentials.includes("passphrase") ? (
        <>
          <Field
            label={t(other === envelope ? "secret" : "passphrase")}
            kind={other === envelope ? "code" : "password"}
            value={secret}
            onChange={setSecret}
          />
          <Submit disabled={!ready || secret === "" || task.busy}>{t("declare")}</Submit>
        </>
      ) : null}
      <ErrorNotice failure={task.failure === null ? null : { ...task.failure, detail: {} }} />
    </form>
  );
}
