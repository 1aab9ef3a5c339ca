import { type FormEvent, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Field } from "../../ui/Field.tsx";
import { leaseEn } from "../../words/lease-en.ts";
import { leaseJa } from "../../words/lease-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { useFrame, useStatus } from "./context.ts";
import type { Credential } from "./core.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { failureOf, useTask } from "./useTask.ts";
import { useThrottle } from "./useThrottle.ts";

/** Eight digits as people type them (full width, with or without separators) → YYYY-MM-DD; null when it is no day. */
export function dayOf(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[-/.年月日\s]/gu, "");
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(digits) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) ? `${year}-${month}-${day}` : null;
}

/** With the day of the week: who typed the wrong month sees it. */
function readBack(day: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** Two members, one date: the second proves who they are, and both entries are on disk before anything opens. */
export function ConfirmDate() {
  const { t, language } = useMoreWords("lease", leaseJa, leaseEn);
  const { core } = useFrame();
  const { staff } = useStatus();
  const task = useTask();
  const wait = useThrottle(task.failure);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const others = core.members().filter(({ id, sponsoredUntil }) => id !== staff?.id && sponsoredUntil === undefined);
  const second = others.find(({ id }) => id === chosen) ?? (others.length === 1 ? others[0] : undefined);
  const day = dayOf(typed);
  const confirm = (credential: Credential) => {
    if (day === null || second === undefined) return;
    task.run(() =>
      core.confirmDate(day, { staffId: second.id, credential }).catch((error: unknown) => {
        if (failureOf(error).code === "unlock-wrong") setPassphrase("");
        throw error;
      }),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "" && wait === 0) confirm({ kind: "passphrase", passphrase });
  };
  const ready = day !== null && !task.busy && wait === 0;
  return (
    <section className="part stack">
      <h2>{t("confirmTitle")}</h2>
      <p>{t("confirmHow")}</p>
      {others.length === 0 ? (
        <p className="caution">{t("noSecond")}</p>
      ) : (
        <form className="stack" onSubmit={submit} autoComplete="off">
          <Field label={t("date")} help={t("dateHelp")} value={typed} onChange={setTyped}>
            {typed.length < 8 ? null : (
              <p role="status">{day === null ? t("dateWrong") : t("dateRead", { date: readBack(day, language) })}</p>
            )}
          </Field>
          <Choices
            legend={t("second")}
            choices={others.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={second === undefined ? [] : [second.id]}
            onChange={([id]) => setChosen(id ?? null)}
          />
          {second?.credentials.includes("passkey") ? (
            <Button wide disabled={!ready} onPress={() => confirm({ kind: "passkey" })}>
              {t("passkey")}
            </Button>
          ) : null}
          {second?.credentials.includes("passphrase") ? (
            <>
              <Field label={t("passphrase")} kind="password" value={passphrase} onChange={setPassphrase} />
              <Submit disabled={!ready || passphrase === ""}>{task.busy ? t("working") : t("confirm")}</Submit>
            </>
          ) : null}
          <ErrorNotice failure={task.failure} />
        </form>
      )}
    </section>
  );
}
