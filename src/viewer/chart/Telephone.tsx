import { usePage } from "./page.ts";

interface TelephoneProps {
  readonly telephone: string;
}

/**
 * A number one may want to call now: pressing it hands the digits, and nothing else, to the device's dialler. What is no number
 * stays words; the address and the history of this page know nothing of it.
 */
export function Telephone({ telephone }: TelephoneProps) {
  const { t } = usePage();
  const digits = digitsOf(telephone);
  if (telephone === "") return <span className="soft">{t("visit.telephoneUnknown")}</span>;
  if (digits === null)
    return (
      <span className="pair telephone">
        {t("contact.telephone")} <strong>{telephone}</strong>
      </span>
    );
  return (
    <a className="telephone telephone-call" href={`tel:${digits}`} rel="noreferrer">
      <span aria-hidden="true">☎ </span>
      <span className="hidden-label">{t("contact.telephone")} </span>
      <strong>{telephone}</strong>
    </a>
  );
}

/** Digits to dial, with a plus for abroad; null for extensions, several numbers in one text and whatever else a hospital wrote. */
export function digitsOf(sent: string): string | null {
  const text = sent.normalize("NFKC").trim();
  if (!/^\+?[\d() ‐‑–−ー-]+$/.test(text)) return null;
  const digits = text.replace(/[^\d+]/g, "");
  return /^\+?\d{6,15}$/.test(digits) ? digits : null;
}
