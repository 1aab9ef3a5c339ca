import { type FormEvent, useState } from "react";
import type { PartName } from "../../shared/summary/summary.ts";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { useMoreWords, useWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import { useFrame } from "./context.ts";
import type { Credential } from "./core.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { policyOf } from "./policyOf.ts";
import type { Asking } from "./useSecond.ts";
import { failureOf, useTask } from "./useTask.ts";

interface SecondPersonProps {
  readonly hit: Pick<Hit, "personRef">;
  readonly asking: Asking;
  readonly onApproved: () => void;
  readonly onCancel: () => void;
}

/** Another member approves on this device: picks their own name, proves it, and the opening goes on. */
export function SecondPerson({ hit, asking, onApproved, onCancel }: SecondPersonProps) {
  const { t: app } = useWords();
  const { t } = useMoreWords("glass", glassJa, glassEn);
  const { core } = useFrame();
  const task = useTask();
  const approvers = core.approvers(asking.part);
  const [who, setWho] = useState(approvers.length === 1 ? (approvers[0]?.id ?? "") : "");
  const [passphrase, setPassphrase] = useState("");
  const chosen = approvers.find(({ id }) => id === who);
  const approve = (credential: Credential) =>
    task.run(async () => {
      const parts: readonly PartName[] = [asking.part];
      await core.approve(who, credential, { hit, parts }).catch((error: unknown) => {
        if (failureOf(error).code === "unlock-wrong") setPassphrase("");
        throw error;
      });
      setPassphrase("");
      onApproved();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "") approve({ kind: "passphrase", passphrase });
  };
  return (
    <Dialog title={t("secondTitle")} closeWord={app("app.cancel")} onClose={onCancel}>
      <p>{asking.why === "limit" ? t("secondLimit", { limit: policyOf(core).hourlyLimit }) : t("secondRole")}</p>
      {approvers.length === 0 ? (
        <p className="caution">{t("secondNobody")}</p>
      ) : (
        <form className="stack" onSubmit={submit} autoComplete="off">
          <p>{t("secondHow")}</p>
          <Choices
            legend={t("secondWho")}
            chosen={[who]}
            choices={approvers.map(({ id, name, role }) => ({ value: id, label: name, help: app(`role.${role}`) }))}
            onChange={([next]) => setWho(next ?? "")}
          />
          {chosen?.credentials.includes("passkey") ? (
            <Button wide kind="main" disabled={task.busy} onPress={() => approve({ kind: "passkey" })}>
              {t("secondPasskey")}
            </Button>
          ) : null}
          {chosen?.credentials.includes("passphrase") ? (
            <>
              <Field kind="password" label={t("secondPassphrase")} value={passphrase} onChange={setPassphrase} />
              <Submit disabled={task.busy || passphrase === ""}>{t("secondSubmit")}</Submit>
            </>
          ) : null}
          {task.busy ? <p role="status">{t("secondWorking")}</p> : null}
          <ErrorNotice failure={task.failure} />
        </form>
      )}
    </Dialog>
  );
}
