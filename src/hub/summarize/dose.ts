/** Daily doses and ways of taking, made comparable where that can be done without guessing. */
import { foldForSearch } from "../../shared/summary/fold.ts";
import { formsOf } from "../../shared/summary/medicineName.ts";
import { projectRules } from "../../shared/summary/rules.ts";
import { judgeMedicine } from "../../shared/summary/strip.ts";
import type { Coded, Medicine, Quantity } from "../../shared/summary/summary.ts";

/** Amounts of one `basis` can be compared and added: micrograms of the ingredient, else so many of one unit of one product. */
export interface Amount {
  readonly basis: string;
  readonly value: number;
}

/** What is taken in a day: as sent, else one intake times 「1日3回」; null when that cannot be told. */
export function dailyDose(item: Pick<Medicine, "dosePerDay" | "dosePerIntake" | "usage" | "drug">): Amount | null {
  const perDay = amountOf(item.dosePerDay, item.drug);
  if (perDay !== null || item.dosePerDay !== null) return perDay;
  const once = amountOf(item.dosePerIntake, item.drug);
  const times = /(?:1日|分)\s*(\d{1,2})(?:\s*回)?/.exec(item.usage.normalize("NFKC"))?.[1];
  return once === null || times === undefined ? null : { basis: once.basis, value: rounded(once.value * Number(times)) };
}

const masses: Readonly<Record<string, number>> = { g: 1_000_000, mg: 1_000, μg: 1, mcg: 1, ug: 1 };
const pieces = /^(?:錠|t|tab|tablet|カプセル|c|cap|capsule|包|pck|個|枚|丸)$/;

/** Tablets become micrograms by the one strength in the name; powders of so many per cent are told by their weight alone. */
export function amountOf(quantity: Quantity | null, drug: Pick<Coded, "text">): Amount | null {
  const sent = quantity?.value.normalize("NFKC").trim() ?? "";
  if (quantity === null || !/^\d+(?:\.\d+)?$/.test(sent)) return null;
  const unit = quantity.unit.normalize("NFKC").trim().toLowerCase();
  const value = Number(sent);
  const mass = masses[unit];
  const name = drug.text.normalize("NFKC");
  if (mass !== undefined && !name.includes("%")) return { basis: "μg", value: rounded(value * mass) };
  const strength = pieces.test(unit) ? strengthOf(name) : null;
  return strength === null
    ? { basis: `${unit}|${foldForSearch(name)}`, value: rounded(value) }
    : { basis: "μg", value: rounded(value * strength) };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Micrograms in one piece: 「ワーファリン錠1mg」 → 1000; null for none, two (a combination) or a concentration. */
function strengthOf(name: string): number | null {
  if (/配合|複合|%|・\p{Script=Katakana}{2}/u.test(name)) return null;
  const found = [...name.toLowerCase().matchAll(/(\d+(?:\.\d+)?)\s*(mg|mcg|ug|μg|g)(?![a-z/])/g)];
  const [, value, unit] = found[0] ?? [];
  return found.length === 1 && value !== undefined && unit !== undefined ? Number(value) * (masses[unit] ?? 0) : null;
}

/** Ways of taking that reach the whole body; "" when it is not known or stays where it is given (eye drops beside tablets are no conflict). */
export function routeOf(item: Medicine): "injection" | "oral" | "rectal" | "patch" | "" {
  if (item.injection) return "injection";
  const texts = [item.drug.text, item.form, item.route, item.usage];
  const forms = formsOf(...texts);
  if (forms.length > 0) {
    if (forms.every((form) => form === "rectal")) return "rectal";
    return forms.includes("patch") && judgeMedicine(item, projectRules).length > 0 ? "patch" : "";
  }
  const said = texts.join(" ").normalize("NFKC");
  if (/注射|静注|筋注|皮下注|点滴|注(?:$|[^意腸入])/.test(said)) return "injection";
  return /錠|カプセル|散|顆粒|細粒|シロップ|ドライ|内服|経口|内用|口$/.test(said) ? "oral" : "";
}

/** Eye drops, ointments and the like: told apart from what is taken. */
export function formKey(item: Medicine): string {
  return item.injection ? "injection" : formsOf(item.drug.text, item.form, item.route, item.usage).join(" ");
}
