import type { Item, Section, Sections } from "../../shared/summary/summary.ts";
import { Notice } from "../../ui/Notice.tsx";
import { disclosures, disclosuresOf } from "./disclosure.ts";
import { pageOrder } from "./order.ts";
import { usePage } from "./page.ts";

/** For staff only: that the page holds what the patient was not told or not given, and in which sections (JP-CLINS UNINFORMED, UNDELIVERED). */
export function Disclosures({ shown }: { readonly shown: readonly Sections[] }) {
  const { t, language } = usePage();
  return disclosures.map((code) => {
    const where = pageOrder
      .map((name) => ({
        name,
        count: shown
          .flatMap((sections): readonly Item[] => (sections[name] satisfies Section<Item>).items)
          .filter((item) => disclosuresOf(item.warnings).includes(code)).length,
      }))
      .filter(({ count }) => count > 0);
    if (where.length === 0) return null;
    return (
      <Notice key={code} kind="warn" title={t(`disclosure.title.${code}`)}>
        <p>
          {t("disclosure.where", {
            list: where
              .map(({ name, count }) => t("jump.items", { name: t(`section.${name}`), count }))
              .join(language === "ja" ? "、" : ", "),
          })}
        </p>
      </Notice>
    );
  });
}
