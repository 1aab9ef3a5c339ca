import { type FormEvent, useEffect, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words/react.ts";
import { useFrame } from "./context.ts";
import type { SiteMember } from "./core.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { emptyPassphrase, type PassphraseDraft, PassphraseFields, readyPassphrase } from "./PassphraseFields.tsx";
import { useTask } from "./useTask.ts";

/** Who will use this device: own name, one-time code, and the way to unlock. Also for a further member later. */
export function StaffScreen({ onDone }: { readonly onDone?: () => void }) {
  const { t } = useWords();
  const { core } = useFrame();
  const [members, setMembers] = useState<readonly SiteMember[] | null>(null);
  const [passkeys, setPasskeys] = useState(false);
  const [staffId, setStaffId] = useState("");
  const [code, setCode] = useState("");
  const [kind, setKind] = useState<"passphrase" | "passkey">("passphrase");
  const [draft, setDraft] = useState<PassphraseDraft>(() => emptyPassphrase(core.offerPassphrase()));
  const roster = useTask();
  const task = useTask();
  const { run: load } = roster;
  useEffect(() => {
    load(async () => {
      setMembers(await core.siteMembers());
      setPasskeys(await core.passkeySupported());
    });
  }, [core, load]);

  const passphrase = readyPassphrase(draft);
  const ready = staffId !== "" && code.trim() !== "" && (kind === "passkey" || passphrase !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    task.run(async () => {
      await core.addMember(staffId, code.trim(), kind === "passkey" ? { kind } : { kind, passphrase: passphrase ?? "" });
      onDone?.();
    });
  };
  return (
    <main className="screen">
      <h1>{t("staff.title")}</h1>
      <ErrorNotice failure={roster.failure}>
        <Button onPress={() => load(async () => setMembers(await core.siteMembers()))}>{t("app.retry")}</Button>
      </ErrorNotice>
      {members === null ? roster.failure === null ? <p role="status">{t("staff.loading")}</p> : null : null}
      {members?.length === 0 ? <p>{t("staff.empty")}</p> : null}
      {members === null || members.length === 0 ? null : (
        <form className="stack" onSubmit={submit} autoComplete="off">
          <Choices
            legend={t("staff.pick")}
            chosen={[staffId]}
            onChange={([chosen]) => setStaffId(chosen ?? "")}
            choices={members.map((member) => ({
              value: member.id,
              label: `${member.name} ${member.kana}`,
              help: member.here ? `${t(`role.${member.role}`)} ${t("staff.here")}` : t(`role.${member.role}`),
              disabled: member.here,
            }))}
          />
          <Field kind="code" label={t("staff.code")} help={t("staff.codeHelp")} value={code} onChange={setCode} />
          <Choices
            legend={t("staff.how")}
            chosen={[kind]}
            onChange={([chosen]) => setKind(chosen ?? "passphrase")}
            choices={[
              { value: "passphrase", label: t("staff.passphrase"), help: t("staff.passphraseHelp") },
              {
                value: "passkey",
                label: t("staff.passkey"),
                help: t(passkeys ? "staff.passkeyHelp" : "staff.passkeyUnsupported"),
                disabled: !passkeys,
              },
            ]}
          />
          {kind === "passphrase" ? (
            <PassphraseFields
              draft={draft}
              onChange={setDraft}
              offer={() => core.offerPassphrase()}
              name={members.find(({ id }) => id === staffId)?.name ?? ""}
            />
          ) : null}
          <ErrorNotice failure={task.failure} />
          <Submit disabled={!ready || task.busy}>{task.busy ? t("staff.working") : t("staff.submit")}</Submit>
        </form>
      )}
      {onDone === undefined ? null : <Button onPress={onDone}>{t("app.cancel")}</Button>}
    </main>
  );
}
