import { useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useFrame, useStatus } from "./context.ts";
import type { Credential } from "./core.ts";
import type { Way } from "./core-keys.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { emptyPassphrase, type PassphraseDraft, PassphraseFields, readyPassphrase } from "./PassphraseFields.tsx";
import { Proof } from "./Proof.tsx";
import { useKeysWords } from "./useKeysWords.ts";
import { useTask } from "./useTask.ts";

/** A further passkey, a first passphrase or another one: chosen first, then confirmed by a way that opens now. */
export function AddWay({ ways, onChange }: { readonly ways: readonly Way[]; readonly onChange: () => void }) {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const { staff } = useStatus();
  const task = useTask();
  const [passkeys, setPasskeys] = useState(false);
  const [fresh, setFresh] = useState<Credential | null>(null);
  const [draft, setDraft] = useState<PassphraseDraft | null>(null);
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    core.passkeySupported().then(setPasskeys, () => setPasskeys(false));
  }, [core]);
  const stop = () => {
    setFresh(null);
    setDraft(null);
    task.clear();
  };
  const add = (proof: Credential) => {
    if (fresh === null) return;
    task.run(async () => {
      await core.addWay(proof, fresh);
      stop();
      setSaved(true);
      onChange();
    });
  };
  const passphrase = draft === null ? null : readyPassphrase(draft);
  const begin = (next: () => void) => {
    setSaved(false);
    next();
  };
  return (
    <section className="part stack" aria-label={t("add")}>
      <h2>{t("add")}</h2>
      {saved ? <p role="status">{t("saved")}</p> : null}
      {fresh !== null ? (
        <>
          <h3>{t("proof")}</h3>
          <Proof ways={ways} busy={task.busy} onProof={add} onCancel={stop} />
          {task.busy ? <p role="status">{t("working")}</p> : null}
        </>
      ) : draft !== null ? (
        <>
          <PassphraseFields draft={draft} onChange={setDraft} offer={() => core.offerPassphrase()} name={staff?.name ?? ""} />
          <Button
            kind="main"
            wide
            disabled={passphrase === null}
            onPress={() => passphrase !== null && setFresh({ kind: "passphrase", passphrase })}
          >
            {t("save")}
          </Button>
          <Button kind="quiet" onPress={stop}>
            {t("cancel")}
          </Button>
        </>
      ) : (
        <>
          <div className="row">
            <Button disabled={!passkeys} onPress={() => begin(() => setFresh({ kind: "passkey" }))}>
              {t("addPasskey")}
            </Button>
            <Button onPress={() => begin(() => setDraft(emptyPassphrase(core.offerPassphrase())))}>
              {t(ways.some(({ kind }) => kind === "passphrase") ? "changePassphrase" : "addPassphrase")}
            </Button>
          </div>
          <p className="soft">{t("addPasskeyHelp")}</p>
        </>
      )}
      <ErrorNotice failure={task.failure} />
    </section>
  );
}
