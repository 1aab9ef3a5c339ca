import type { Infection, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { newestFirst } from "./newestFirst.ts";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

const order = ["positive", "diagnosed", "unclear", "negative"] as const;
const marks = { positive: "▲", diagnosed: "■", unclear: "？", negative: "○" } as const;
const badges = { positive: "badge badge-danger", diagnosed: "badge badge-danger", unclear: "badge badge-warn", negative: "badge" } as const;

/** Positive ones first, told apart by shape, words and colour. A negative test is a dated result, never an absence. */
export function Infections({ section }: { readonly section: Section<Infection> }) {
  const { t, day } = usePage();
  const sorted = order.flatMap((result) =>
    section.items.filter((infection) => infection.result === result).toSorted((a, b) => newestFirst(a.date, b.date)),
  );
  const negative = section.items.some(({ result }) => result === "negative");
  return (
    <SectionFrame name="infections" section={section}>
      <ul className="items">
        {withKeys(sorted).map(([key, infection]) => (
          <Entry item={infection} coded={infection.agent} key={key}>
            <p className="item-title">
              <span className={badges[infection.result]}>
                <span aria-hidden="true">{marks[infection.result]} </span>
                {infection.result === "negative"
                  ? t("infection.negative", { date: infection.date === null ? t("date.unknown") : day(infection.date) })
                  : t(`infection.${infection.result}`)}
              </span>
              <strong>{infection.agent.text}</strong>
            </p>
            {infection.text === "" ? null : <p className="sent-text">{infection.text}</p>}
          </Entry>
        ))}
      </ul>
      {negative ? <p className="soft">{t("infection.negativeHelp")}</p> : null}
    </SectionFrame>
  );
}
