import { type FormEvent, useState } from "react";
import { Button, Submit } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import type { Credential } from "./core.ts";
import type { Way } from "./core-keys.ts";
import { useKeysWords } from "./useKeysWords.ts";

interface ProofProps {
  readonly ways: readonly Way[];
  readonly busy: boolean;
  readonly onProof: (credential: Credential) => void;
  readonly onCancel: () => void;
}

/** Who is unlocked shows once more that it is they: by one of these ways. */
export function Proof({ ways, busy, onProof, onCancel }: ProofProps) {
  const { t } = useKeysWords();
  const [passphrase, setPassphrase] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase === "" || busy) return;
    onProof({ kind: "passphrase", passphrase });
    setPassphrase("");
  };
  const passkeys = ways.filter(({ kind }) => kind === "passkey");
  return (
    <form className="stack" onSubmit={submit} autoComplete="off" aria-label={t("proof")}>
      {passkeys.length > 0 ? (
        <Button
          kind="main"
          disabled={busy}
          onPress={() => onProof({ kind: "passkey", ...(passkeys.length === 1 && passkeys[0] ? { slot: passkeys[0].id } : {}) })}
        >
          {t("proofPasskey")}
        </Button>
      ) : null}
      {ways.some(({ kind }) => kind === "passphrase") ? (
        <>
          <Field label={t("proofPassphrase")} kind="password" value={passphrase} onChange={setPassphrase} />
          <Submit disabled={busy || passphrase === ""}>{t("proofSubmit")}</Submit>
        </>
      ) : null}
      <Button kind="quiet" onPress={onCancel}>
        {t("cancel")}
      </Button>
    </form>
  );
}
