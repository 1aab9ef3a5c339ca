import type { Contact, Registration, Section } from "../../shared/summary/summary.ts";
import type { PageWords } from "../../words/chart-ja-page.ts";
import type { Translate } from "../../words/index.ts";
import { Entry } from "./Entry.tsx";
import { usePage } from "./page.ts";
import { useReading } from "./reading.ts";
import { SectionFrame } from "./SectionFrame.tsx";
import { Telephone } from "./Telephone.tsx";
import { withKeys } from "./withKeys.ts";

export function Contacts({ section }: { readonly section: Section<Contact> }) {
  const { t } = useReading();
  return (
    <SectionFrame name="contacts" section={section}>
      <ul className="items">
        {withKeys(section.items).map(([key, contact]) => (
          <Entry item={contact} key={key}>
            <p className="item-title">
              <strong>{contact.name}</strong>
              {contact.relation === "" ? null : (
                <span className="pair">
                  {t("contact.relation")} {contact.relation}
                </span>
              )}
            </p>
            <p className="facts">
              {contact.telephones.map((telephone) => (
                <Telephone telephone={telephone} key={telephone} />
              ))}
            </p>
          </Entry>
        ))}
      </ul>
    </SectionFrame>
  );
}

/** Whether two records of one blood group say something else; "Rh+" and "+" are one. */
function differs(items: readonly Registration[], group: "abo" | "rh"): boolean {
  const said = items
    .filter(({ what }) => what === group)
    .map(({ text }) =>
      text
        .normalize("NFKC")
        .toUpperCase()
        .replace(/^RHD?|型|\s/g, ""),
    );
  return new Set(said).size > 1;
}

/** A minus by itself is overlooked: the Rh factor is said in a word, with what was sent. */
function registeredText({ what, text, unit }: Registration, t: Translate<PageWords>): string {
  const sign = what === "rh" ? /^(?:Rh|RhD|D)?\s*\(?([+＋-－−-])\)?$/i.exec(text.trim())?.[1] : undefined;
  if (sign !== undefined) return t(/[+＋]/.test(sign) ? "registration.rhPositive" : "registration.rhNegative", { sent: text });
  return `${text}\u00a0${unit}`.trim();
}

/** Registration data: a blood group stands here with a warning, since it was never crossmatched. */
export function Registrations({ section }: { readonly section: Section<Registration> }) {
  const { t } = usePage();
  const blood = section.items.some(({ what }) => what === "abo" || what === "rh");
  return (
    <SectionFrame name="registration" section={section}>
      {differs(section.items, "abo") || differs(section.items, "rh") ? (
        <p>
          <strong className="badge badge-danger">
            <span aria-hidden="true">≠ </span>
            {t("registration.bloodDiffers")}
          </strong>
        </p>
      ) : null}
      {blood ? (
        <p className="caution">
          <span aria-hidden="true">▲ </span>
          {t("registration.bloodHelp")}
        </p>
      ) : null}
      <ul className="items">
        {withKeys(section.items).map(([key, registration]) => (
          <Entry item={registration} key={key}>
            <p className="item-title">
              <span>{t(`registration.${registration.what}`)}</span>
              <strong className="pair">{registeredText(registration, t)}</strong>
            </p>
          </Entry>
        ))}
      </ul>
    </SectionFrame>
  );
}
