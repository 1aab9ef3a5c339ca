import { createContext, useContext } from "react";
import type { Coded, Item } from "../../shared/summary/summary.ts";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { warningText } from "../../words/warnings.ts";
import { Also } from "./Also.tsx";
import { formatInstant } from "./dates.ts";
import { notesOf, quietNotesOf } from "./disclosure.ts";
import { useReading } from "./reading.ts";

/** Whether the section around shows times received, codes and warnings as well. */
export const DetailsContext = createContext(false);

interface ProvenanceProps {
  readonly item: Pick<Item, "date" | "source" | "received"> & Partial<Pick<Item, "warnings" | "also">>;
  readonly coded?: Coded;
}

/** Date, age, facility, kind of source and time received: under every item, never without (clinical-safety.md §2). */
export function Provenance({ item, coded }: ProvenanceProps) {
  const { t, ago, day, sources, language } = useReading();
  const details = useContext(DetailsContext);
  const source = sources[item.source];
  const received = formatInstant(item.received);
  const notes = notesOf(item.warnings ?? []);
  const facts = [
    item.date === null ? t("date.unknown") : `${day(item.date)} ${ago(item.date)}`,
    source === undefined ? t("source.unknown") : source.name,
    source === undefined ? "" : t(`source.${source.kind}`),
    t("source.received", { at: details ? received : received.slice(0, 10) }),
    ...quietNotesOf(item.warnings ?? []).map((code) => warningText(code, language)),
  ].filter((fact) => fact.trim() !== "");
  return (
    <div className="provenance">
      <p className="provenance-facts">
        {facts.map((fact) => (
          <span className="pair" key={fact}>
            <Unbroken text={fact} />
          </span>
        ))}
      </p>
      {item.also === undefined ? null : <Also item={{ source: item.source, also: item.also }} details={details} />}
      {details && coded !== undefined ? <Codes coded={coded} /> : null}
      {notes.length === 0 ? null : (
        <p className="provenance-warning">
          <span aria-hidden="true">▲ </span>
          {t("source.warning", {
            text: notes.map((code) => warningText(code, language)).join(language === "ja" ? "、" : "; "),
          })}
        </p>
      )}
    </div>
  );
}

function Codes({ coded }: { readonly coded: Coded }) {
  const { t } = useReading();
  if (coded.codes.length === 0) return <p>{t("source.codeUnknown")}</p>;
  return (
    <p>
      {t("source.code")}
      {coded.local ? ` (${t("source.local")})` : ""}:{" "}
      {coded.codes.map(({ system, code, text }) => (
        <span className="pair code" key={`${system} ${code} ${text}`}>
          {[system, code, text].filter((part) => part !== "").join(" ")}
        </span>
      ))}
    </p>
  );
}
