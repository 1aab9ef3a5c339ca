import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { formatInstant } from "../chart/dates.ts";
import { useFrame } from "./context.ts";
import type { Credential } from "./core.ts";
import type { Way } from "./core-keys.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Proof } from "./Proof.tsx";
import { useKeysWords } from "./useKeysWords.ts";
import { useTask } from "./useTask.ts";

type Asked = { readonly id: string; readonly what: "try" | "remove" };

/** Each way with its last proof; each can be tried, and taken away while another stays. */
export function WayList({ ways, onChange }: { readonly ways: readonly Way[]; readonly onChange: () => void }) {
  const { t } = useKeysWords();
  const { core } = useFrame();
  const task = useTask();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState("");
  const passkeys = ways.filter(({ kind }) => kind === "passkey");
  const nameOf = (way: Way) => (way.kind === "passphrase" ? t("passphrase") : t("passkey", { n: passkeys.indexOf(way) + 1 }));
  const prove = ({ id, what }: Asked, credential: Credential) =>
    task.run(async () => {
      setSaid("");
      if (what === "try") await core.rehearse(credential.kind === "passkey" ? { kind: "passkey", slot: id } : credential);
      else await core.removeWay(id, credential);
      setSaid(t(what === "try" ? "tried" : "removed"));
      setAsked(null);
      onChange();
    });
  return (
    <section className="part stack" aria-label={t("ways")}>
      <h2>{t("ways")}</h2>
      <ul className="stack ways">
        {ways.map((way) => (
          <li key={way.id} className="stack">
            <p>
              <strong>{nameOf(way)}</strong>{" "}
              <span className="soft">{way.made === null ? t("madeUnknown") : t("made", { at: formatInstant(way.made) })}</span>
            </p>
            <p className={way.rehearsed ? "soft" : "caution"}>
              <span aria-hidden="true">{way.rehearsed ? "● " : "▲ "}</span>
              {way.proven === null ? t("never") : t("proven", { at: formatInstant(way.proven) })}
              {way.proven !== null && !way.rehearsed ? ` ${t("stale")}` : ""}
            </p>
            {asked?.id === way.id ? (
              <>
                {asked.what === "remove" ? <p>{t("removeWhy")}</p> : null}
                <Proof
                  ways={asked.what === "try" ? [way] : ways.filter(({ id }) => id !== way.id)}
                  busy={task.busy}
                  onProof={(credential) => prove(asked, credential)}
                  onCancel={() => setAsked(null)}
                />
                <ErrorNotice failure={task.failure} />
              </>
            ) : (
              <div className="row">
                <Button onPress={() => setAsked({ id: way.id, what: "try" })}>{t("tryNow")}</Button>
                {ways.length > 1 ? <Button onPress={() => setAsked({ id: way.id, what: "remove" })}>{t("remove")}</Button> : null}
              </div>
            )}
          </li>
        ))}
      </ul>
      {said === "" ? null : <p role="status">{said}</p>}
    </section>
  );
}
