import { type FormEvent, useEffect, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";
import { formatInstant } from "../chart/dates.ts";
import { useFrame } from "./context.ts";
import type { Member } from "./core.ts";
import type { Sponsored } from "./core-keys.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { emptyPassphrase, type PassphraseDraft, PassphraseFields, readyPassphrase } from "./PassphraseFields.tsx";
import { useKeysWords } from "./useKeysWords.ts";
import { useTask } from "./useTask.ts";

/** A colleague without a working credential, for 24 hours: who it is, then their own way to unlock, set by themselves. */
export function SponsorScreen({ onDone }: { readonly onDone: () => void }) {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const [done, setDone] = useState<{ readonly name: string; readonly until: number } | null>(null);
  return (
    <main className="screen">
      <h1>{t("sponsorTitle")}</h1>
      {done !== null ? (
        <Notice kind="plain" title={t("sponsorDone", { name: done.name, at: formatInstant(done.until) })} live>
          <p>{t("sponsorDoneHelp")}</p>
        </Notice>
      ) : core.visitor() !== null ? (
        <p>{t("sponsorNot")}</p>
      ) : (
        <SponsorForm onSponsored={(name, until) => setDone({ name, until })} />
      )}
      <Button onPress={onDone}>{t("back")}</Button>
    </main>
  );
}

function SponsorForm({ onSponsored }: { readonly onSponsored: (name: string, until: number) => void }) {
  const { t } = useKeysWords();
  const { t: say } = useWords();
  const { core } = useFrame();
  const [{ members, roles }] = useState(() => core.sponsorable());
  const [kind, setKind] = useState<Sponsored["kind"]>(members.length > 0 ? "member" : "locum");
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Member["role"]>(roles[0] ?? "clerk");
  const [how, setHow] = useState<"passphrase" | "passkey">("passphrase");
  const [passkeys, setPasskeys] = useState(false);
  const [draft, setDraft] = useState<PassphraseDraft>(() => emptyPassphrase(core.offerPassphrase()));
  const task = useTask();
  useEffect(() => {
    core.passkeySupported().then(setPasskeys, () => setPasskeys(false));
  }, [core]);
  const passphrase = readyPassphrase(draft);
  const member = members.find((each) => each.id === id);
  const shown = kind === "member" ? (member?.name ?? "") : name.trim();
  const ready = shown !== "" && (how === "passkey" || passphrase !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const person: Sponsored = kind === "member" ? { kind, id } : { kind, name: shown, role };
    task.run(async () => {
      const until = await core.sponsor(person, how === "passkey" ? { kind: how } : { kind: how, passphrase: passphrase ?? "" });
      onSponsored(shown, until);
    });
  };
  return (
    <form className="stack" onSubmit={submit} autoComplete="off">
      <p>{t("sponsorWhy")}</p>
      <Choices
        legend={t("sponsorWho")}
        chosen={[kind]}
        onChange={([next]) => setKind(next ?? kind)}
        choices={[
          { value: "member", label: t("sponsorMember"), disabled: members.length === 0 },
          { value: "locum", label: t("sponsorLocum") },
        ]}
      />
      {kind === "member" ? (
        <Choices
          legend={t("sponsorPick")}
          chosen={[id]}
          onChange={([next]) => setId(next ?? "")}
          choices={members.map((each) => ({ value: each.id, label: each.name, help: say(`role.${each.role}`) }))}
        />
      ) : (
        <>
          <Field label={t("sponsorName")} value={name} onChange={setName} />
          <Choices
            legend={t("sponsorRole")}
            chosen={[role]}
            onChange={([next]) => setRole(next ?? role)}
            choices={roles.map((value) => ({ value, label: say(`role.${value}`) }))}
          />
        </>
      )}
      {shown === "" ? null : (
        <>
          <p className="caution">
            <span aria-hidden="true">▲ </span>
            {t("sponsorHand")}
          </p>
          <Choices
            legend={say("staff.how")}
            chosen={[how]}
            onChange={([next]) => setHow(next ?? how)}
            choices={[
              { value: "passphrase", label: say("staff.passphrase") },
              { value: "passkey", label: say("staff.passkey"), disabled: !passkeys },
            ]}
          />
          {how === "passphrase" ? (
            <PassphraseFields draft={draft} onChange={setDraft} offer={() => core.offerPassphrase()} name={shown} />
          ) : null}
          <ErrorNotice failure={task.failure} />
          <Submit disabled={!ready || task.busy}>{task.busy ? t("working") : t("sponsorSubmit")}</Submit>
        </>
      )}
    </form>
  );
}
