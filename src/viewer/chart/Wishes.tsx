import type { Section, Wish } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { jumpTo } from "./jump.ts";
import { newestFirst } from "./newestFirst.ts";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { Telephone } from "./Telephone.tsx";
import { withKeys } from "./withKeys.ts";

const order = ["dnar", "treatmentLimit", "acp", "proxy", "donation", "other"] as const;
const grave: ReadonlySet<Wish["what"]> = new Set(["dnar", "treatmentLimit"]);

/**
 * What must be known before resuscitation starts: a DNAR or a limit of treatment in force, in its own words, dated, at the top of the page.
 * It says who states it and asks to check: the product informs, it never decides.
 */
export function WishNotice({ section }: { readonly section: Section<Wish> }) {
  const { t, day, ago, sources } = usePage();
  const wishes = inOrder(section.items).filter(({ what, inForce }) => inForce && grave.has(what));
  const [first] = wishes;
  if (first === undefined) return null;
  return (
    <Notice kind="danger" title={t(first.what === "dnar" ? "wish.notice.dnar" : "wish.notice.treatmentLimit")}>
      <ul className="bullets">
        {withKeys(wishes).map(([key, wish]) => (
          <li key={key}>
            {wish.what === first.what ? "" : `${t("wish.treatmentLimit")}: `}
            <strong className="sent-text">{wish.text}</strong>{" "}
            <Unbroken
              text={[
                wish.date === null ? t("date.unknown") : `${day(wish.date)} ${ago(wish.date)}`,
                wish.by,
                sources[wish.source]?.name ?? t("source.unknown"),
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            />
          </li>
        ))}
      </ul>
      <p>{t("wish.noticeHelp")}</p>
      <div className="row">
        <Button onPress={() => jumpTo("title-wishes")}>{t("wish.toSection")}</Button>
      </div>
    </Notice>
  );
}

/** Wishes in force first, the gravest first; what was taken back or replaced apart and dated. */
export function Wishes({ section }: { readonly section: Section<Wish> }) {
  const { t } = usePage();
  const inForce = inOrder(section.items.filter((wish) => wish.inForce));
  const over = inOrder(section.items.filter((wish) => !wish.inForce));
  return (
    <SectionFrame name="wishes" section={section}>
      <WishList wishes={inForce} />
      {over.length === 0 ? null : (
        <div className="apart">
          <h3>{t("wish.notInForce")}</h3>
          <p className="soft">{t("wish.notInForceHelp")}</p>
          <WishList wishes={over} />
        </div>
      )}
    </SectionFrame>
  );
}

function WishList({ wishes }: { readonly wishes: readonly Wish[] }) {
  const { t } = usePage();
  if (wishes.length === 0) return null;
  return (
    <ul className="items">
      {withKeys(wishes).map(([key, wish]) => (
        <Entry item={wish} key={key}>
          <p className="item-title">
            {wish.inForce ? null : (
              <span className="badge badge-warn">
                <span aria-hidden="true">✕ </span>
                {t("wish.notInForceMark")}
              </span>
            )}
            {wish.inForce ? (
              <strong className={grave.has(wish.what) ? "badge badge-danger" : "badge"}>{t(`wish.${wish.what}`)}</strong>
            ) : (
              <span>{t(`wish.${wish.what}`)}</span>
            )}
            {wish.inForce ? <span className="pair">{t("wish.inForce")}</span> : null}
          </p>
          <p className={wish.inForce && grave.has(wish.what) ? "sent-text wish-grave" : "sent-text"}>{wish.text}</p>
          <p className="facts">
            <Fact label={t("wish.by")} text={wish.by} />
            {wish.telephones.map((telephone) => (
              <Telephone telephone={telephone} key={telephone} />
            ))}
          </p>
        </Entry>
      ))}
    </ul>
  );
}

function inOrder(wishes: readonly Wish[]): readonly Wish[] {
  return wishes.toSorted((a, b) => order.indexOf(a.what) - order.indexOf(b.what) || newestFirst(a.date, b.date));
}
