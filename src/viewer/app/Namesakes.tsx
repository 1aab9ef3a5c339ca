import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../words/react.ts";
import { apartFields, differing } from "../find/apart.ts";
import type { Hit } from "../find/search.ts";
import { useFrame, useNow } from "./context.ts";
import { HitCard } from "./HitCard.tsx";

interface NamesakesProps {
  readonly hit: Hit;
  readonly onPick: (hit: Hit) => void;
  readonly onClose: () => void;
}

/** Everybody who is easily taken for this person, side by side: what differs is said in words, and marked letter by letter. */
export function Namesakes({ hit, onPick, onClose }: NamesakesProps) {
  const { t, language } = useWords();
  const { core } = useFrame();
  const now = useNow(60_000);
  const people = core.namesakes(hit.personRef);
  const differs = differing(people);
  const said = (fields: readonly (typeof apartFields)[number][]) =>
    fields.map((field) => t(`hit.field.${field}`)).join(language === "ja" ? "・" : ", ");
  return (
    <Dialog title={t("hit.compareTitle", { count: people.length })} closeWord={t("app.close")} onClose={onClose}>
      <p>
        <strong>≠ {t("hit.differs", { fields: said(differs) })}</strong>
      </p>
      <p className="soft">＝ {t("hit.same", { fields: said(apartFields.filter((field) => !differs.includes(field))) })}</p>
      <ul className="hits namesakes">
        {people.map((each) => (
          <li key={each.personRef}>
            <HitCard hit={each} beside={people} now={now} onPick={onPick} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
