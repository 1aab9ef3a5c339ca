import type { Image, Section } from "../../shared/summary/summary.ts";
import { Entry } from "./Entry.tsx";
import { Fact } from "./Fact.tsx";
import { usePage } from "./page.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { withKeys } from "./withKeys.ts";

/** Studies that were made, series by series. The pixels are not here, and the page says so. */
export function Images({ section }: { readonly section: Section<Image> }) {
  const { t } = usePage();
  return (
    <SectionFrame name="images" section={section}>
      {section.items.length === 0 ? null : <p className="soft">{t("image.help")}</p>}
      <ul className="items">
        {withKeys(section.items).map(([key, image]) => (
          <Entry item={image} key={key}>
            <p className="item-title">
              {image.modalities.length === 0 ? null : <span className="badge">{image.modalities.join("・")}</span>}
              <strong>{image.description === "" ? t("image.descriptionUnknown") : image.description}</strong>
              <span className="badge badge-warn">{t("image.notFetched")}</span>
            </p>
            <p className="facts">
              <Fact label={t("image.site")} text={image.bodySite} />
              <Fact label="" text={image.department} />
              <Fact label={t("image.accession")} text={image.accession} />
              <Fact
                label=""
                text={image.series.length === 0 ? t("image.seriesUnknown") : t("image.series", { count: image.series.length })}
              />
            </p>
            {image.series.length === 0 ? null : (
              <ul className="bullets facts-minor">
                {withKeys(image.series).map(([one, { modality, description, instances, drawable }]) => (
                  <li key={one}>
                    {[modality, description, t("image.instances", { count: instances })].filter((part) => part !== "").join(" · ")}
                    {drawable ? null : <span className="pair"> — {t("image.notDrawable")}</span>}
                  </li>
                ))}
              </ul>
            )}
          </Entry>
        ))}
      </ul>
    </SectionFrame>
  );
}
