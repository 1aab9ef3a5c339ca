import { useState } from "react";
import type { Identity } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { useWords } from "../../words/react.ts";
import { nameText, useWho } from "../chart/Who.tsx";

type Compared = "birthDate" | "name" | "address" | "identifier";
const needed = 2;

interface ConfirmProps {
  readonly identity: Identity;
  readonly busy: boolean;
  readonly onConfirm: (compared: readonly Compared[]) => void;
  readonly onWrong: () => void;
}

/** Two identifiers compared with the person in front: what is to be compared stands beside each tick. */
export function ConfirmIdentity({ identity, busy, onConfirm, onWrong }: ConfirmProps) {
  const { t } = useWords();
  const who = useWho();
  const [compared, setCompared] = useState<readonly Compared[]>([]);
  const choices: { value: Compared; label: string; help: string }[] = [
    { value: "name", label: t("confirm.name"), help: `${who.name(identity)} ${nameText(identity.kana)}` },
    { value: "birthDate", label: t("confirm.birthDate"), help: who.birth(identity.birthDate) },
    { value: "address", label: t("confirm.address"), help: identity.address },
    { value: "identifier", label: t("confirm.identifier"), help: identity.identifiers.map(({ value }) => value).join("、") },
  ];
  const left = needed - compared.length;
  return (
    <section className="part" aria-labelledby="confirm-title">
      <h2 id="confirm-title" tabIndex={-1}>
        {t("confirm.title")}
      </h2>
      <Choices
        many
        legend={t("confirm.intro")}
        chosen={compared}
        onChange={setCompared}
        choices={choices.filter(({ value, help }) => help.trim() !== "" && (value !== "birthDate" || identity.birthDate !== null))}
      />
      {left > 0 ? <p role="status">{t("confirm.need", { count: left })}</p> : null}
      <div className="row">
        <Button kind="main" disabled={busy || left > 0} onPress={() => onConfirm(compared)}>
          {t("confirm.submit")}
        </Button>
        <Button onPress={onWrong}>{t("confirm.wrong")}</Button>
      </div>
    </section>
  );
}
