import { useState } from "react";
import type { PartName } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { glassEn } from "../../words/glass-en.ts";
import { glassJa } from "../../words/glass-ja.ts";
import { errorText } from "../../words/index.ts";
import { useMoreWords } from "../../words/react.ts";
import type { Hit } from "../find/search.ts";
import { useFrame } from "./context.ts";
import type { Reason } from "./core.ts";
import { ReasonList } from "./ReasonList.tsx";

interface OtherWaysProps {
  readonly hit: Pick<Hit, "personRef" | "packs">;
  readonly part: PartName;
  readonly reasons: readonly Reason[];
  readonly action: string;
  readonly busy: boolean;
  readonly onPick: (reasonId: string, note: string) => void;
}

/** Opens at once, or after an approval. */
const open = new Set([null, "second-person-needed"]);

/**
 * Ways besides the emergency, under the emergencies and folded away: consent, treatment relation, outage. What is closed now says why. While
 * an outage session runs, its reason stands in the open: each own patient takes one tap.
 */
export function OtherWays({ hit, part, reasons, action, busy, onPick }: OtherWaysProps) {
  const { t, language } = useMoreWords("glass", glassJa, glassEn);
  const { core } = useFrame();
  const [shown, setShown] = useState(false);
  const [note, setNote] = useState("");
  if (reasons.length === 0) return null;
  const judged = reasons.map((reason) => ({ reason, said: core.mayOpen(hit, part, reason.id, note) }));
  const now = judged.filter(({ reason, said }) => reason.path === "outage" && open.has(said)).map(({ reason }) => reason);
  const asksNote = judged.some(({ said }) => said === "note-needed") || note !== "";
  const pickable = judged.filter(({ reason, said }) => (open.has(said) || said === "note-needed") && !now.includes(reason));
  const closed = judged.filter(({ said }) => said !== null && !open.has(said) && said !== "note-needed");
  const pick = (reasonId: string) => onPick(reasonId, note);
  return (
    <section className="stack other-ways">
      {now.length === 0 ? null : (
        <>
          <h2>{t("outageNow")}</h2>
          <ReasonList label={t("outageNow")} reasons={now} action={action} busy={busy} onPick={pick} />
        </>
      )}
      {shown ? (
        <>
          <h2>{t("otherWays")}</h2>
          {asksNote ? <Field label={t("wayNote")} help={t("wayNoteHelp")} value={note} onChange={setNote} /> : null}
          <ReasonList label={t("otherWays")} reasons={pickable.map(({ reason }) => reason)} action={action} busy={busy} onPick={pick} />
          {closed.map(({ reason, said }) => (
            <p className="soft" key={reason.id}>
              <strong>{reason[language]}</strong> {said === null ? null : errorText(said, language)}
            </p>
          ))}
        </>
      ) : (
        <Button onPress={() => setShown(true)}>{t("otherWays")}</Button>
      )}
    </section>
  );
}
