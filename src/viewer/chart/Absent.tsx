import type { Sections } from "../../shared/summary/summary.ts";
import { foldedNames } from "./order.ts";
import { usePage } from "./page.ts";
import { StateLabel } from "./StateLabel.tsx";

/** The sections without anything in them in one list, each with its own state: shorter than a box each, and nothing hidden. */
export function Absent({ sections }: { readonly sections: Sections }) {
  const { t, day } = usePage();
  const names = foldedNames(sections);
  if (names.length === 0) return null;
  return (
    <section className="part" aria-labelledby="title-absent">
      <div className="part-head">
        <h2 id="title-absent" tabIndex={-1}>
          {t("absent.title")}
        </h2>
        <span className="count">{t("jump.count", { count: names.length })}</span>
      </div>
      <p className="soft">{t("absent.help")}</p>
      <dl className="absent">
        {names.map((name) => {
          const { state, confirmed, window } = sections[name];
          return (
            <div key={name}>
              <dt id={`title-${name}`} tabIndex={-1}>
                {t(`section.${name}`)}
              </dt>
              <dd>
                <StateLabel state={state === "present" ? "unavailable" : state} confirmed={confirmed} />
                {window === null ? null : <p className="soft">{t("section.window", { from: day(window.from), to: day(window.to) })}</p>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
