import { statementsOf } from "../../../src/hub/identity/traits.ts";
import { families, givenMen, givenWomen, slipKana } from "../../../src/hub/synth/names.ts";
import { record, type Said } from "./patients.ts";

/** One number of one hospital, and whose it truly is. `owner` null: its records are of two people (swapped numbers). */
export interface PlantedPatient {
  readonly facility: string;
  readonly pid: string;
  readonly owner: number | null;
  readonly links: string;
  /** What the deterministic rules may see: card, birth date, sex and kana as they were typed, apart from ways of writing; "" without one. */
  readonly visible: string;
}

export interface PlantedRegion {
  readonly patients: readonly PlantedPatient[];
  /** How often each error was planted. */
  readonly planted: Readonly<Record<string, number>>;
}

interface Truth {
  readonly id: number;
  readonly said: Required<Said>;
}

/** mulberry32: the same seed, the same region. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const hospitals = ["1310000001", "1310000002", "1310000003", "1310000004"] as const;

/**
 * A region of about `people` people whose hospitals made the errors that hospitals make: households with one insurance number (branches
 * sent by some, by others not), twins, namesakes born on one day, fathers and sons of one kana name, changed family names, slips in
 * kana, birth date, sex and card, missing cards, two numbers in one hospital, and numbers used for two people. Own names, own seeds.
 */
export function plantedRegion(people: number, seed: number): PlantedRegion {
  const random = generator(seed);
  const planted: Record<string, number> = {};
  const truths = population(people, random, planted);
  const patients: PlantedPatient[] = [];
  const counts = new Map<string, number>();
  const number = (facility: string) => {
    const next = (counts.get(facility) ?? 0) + 1;
    counts.set(facility, next);
    return String(next).padStart(8, "0");
  };
  const add = (facility: string, owner: number | null, messages: readonly Required<Said>[], visible: string) =>
    patients.push({ facility, pid: number(facility), owner, links: JSON.stringify(statementsOf(messages.map(record))), visible });

  for (const [i, truth] of truths.entries()) {
    for (const facility of visited(random)) {
      const typed = typedAt(facility, truth.said, random, planted);
      const other = truths[i + 1];
      if (other !== undefined && isOther(truth.said, other.said) && random() < 0.01) {
        // Somebody opened the wrong chart: registration of one, orders of the other, under one number.
        planted.swapped = (planted.swapped ?? 0) + 1;
        add(facility, null, [typed.said, { ...other.said, card: "" }], "");
        continue;
      }
      add(facility, truth.id, [typed.said], typed.visible);
      if (random() < 0.01) {
        planted.doubled = (planted.doubled ?? 0) + 1;
        const again = typedAt(facility, truth.said, random, planted);
        add(facility, truth.id, [again.said], again.visible);
      }
    }
  }
  return { patients, planted };
}

/** Namesakes born on one day whose numbers were swapped too say nothing that a move and a new telephone would not: docs/identity.md. */
function isOther(a: Required<Said>, b: Required<Said>): boolean {
  return a.givenKana !== b.givenKana || a.birth !== b.birth || a.sex !== b.sex;
}

function population(people: number, random: () => number, planted: Record<string, number>): Truth[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join("");
  const birth = (from: number, to: number) => {
    const day = new Date(Date.UTC(from + Math.floor(random() * (to - from)), Math.floor(random() * 12), 1 + Math.floor(random() * 28)));
    return day.toISOString().slice(0, 10);
  };
  const truths: Truth[] = [];
  const plant = (kind: string) => {
    planted[kind] = (planted[kind] ?? 0) + 1;
  };
  while (truths.length < people) {
    const family = pick(families);
    const card = `0013${digits(4)}:${pick(["東", "西", "記"])}${digits(3)}:${digits(4)}`;
    const home = {
      address: `架空県${pick(["見本市", "試験町", "例示村"])}灯台${1 + Math.floor(random() * 400)}-${1 + Math.floor(random() * 30)}`,
      postal: `9${digits(6)}`,
      phone: `0${digits(9)}`,
    };
    let branch = 1;
    const member = (sex: "M" | "F", born: string, given = pick(sex === "M" ? givenMen : givenWomen)): Truth => {
      const said = { family: family.kanji, familyKana: family.kana, given: given.kanji, givenKana: given.kana, birth: born, sex, ...home };
      return { id: truths.length, said: { ...said, card: `${card}:${String(branch++).padStart(2, "0")}` } };
    };
    const father = member("M", birth(1930, 1990));
    truths.push(father);
    if (random() < 0.6) truths.push(member("F", birth(1930, 1990)));
    const dice = random();
    if (dice < 0.12) {
      plant("twins");
      const [sex, born] = [pick(["M", "F"] as const), birth(1950, 2020)];
      const first = member(sex, born);
      truths.push(first);
      const names = (sex === "M" ? givenMen : givenWomen).filter(({ kana }) => kana !== first.said.givenKana);
      truths.push(member(sex, born, pick(names)));
    } else if (dice < 0.15) {
      plant("father and son of one kana");
      truths.push(member("M", birth(1991, 2020), { kanji: `${father.said.given}二`, kana: father.said.givenKana }));
    } else if (dice < 0.25) {
      plant("namesakes born on one day");
      const elsewhere = {
        address: `架空県試験町岬${digits(3)}`,
        postal: `8${digits(6)}`,
        phone: `0${digits(9)}`,
        card: `0099${digits(4)}:南${digits(3)}:${digits(4)}:01`,
      };
      truths.push({ id: truths.length, said: { ...father.said, ...elsewhere } });
    } else if (dice < 0.6) truths.push(member(pick(["M", "F"] as const), birth(1991, 2020)));
  }
  return truths;
}

function visited(random: () => number): string[] {
  const found = hospitals.filter(() => random() < 0.45);
  return found.length === 0 ? [hospitals[Math.floor(random() * hospitals.length)] as string] : [...found];
}

/** As one hospital's desk typed it. The last hospital never sends a branch; the third writes in its own way, which is no error. */
function typedAt(
  facility: string,
  said: Required<Said>,
  random: () => number,
  planted: Record<string, number>,
): { said: Required<Said>; visible: string } {
  let typed = { ...said };
  const err = (kind: string, chance: number, change: () => Partial<Said>) => {
    if (random() >= chance) return;
    planted[kind] = (planted[kind] ?? 0) + 1;
    typed = { ...typed, ...change() };
  };
  const [insurer = "", symbol = "", number = "", branch = ""] = said.card.split(":");
  const unbranched = facility === hospitals[3];
  typed.card = [insurer, symbol, number, unbranched ? "" : branch].join(":");
  err("changed family name", 0.02, () => ({ family: "新姓", familyKana: "シンセイ" }));
  err("slip in kana", 0.02, () => (random() < 0.5 ? { familyKana: slipped(said.familyKana) } : { givenKana: slipped(said.givenKana) }));
  err("slip in birth date", 0.02, () => ({ birth: slippedDate(said.birth, random) }));
  err("wrong sex", 0.005, () => ({ sex: said.sex === "M" ? "F" : "M" }));
  err("slip in card", 0.02, () => ({
    card: [insurer, symbol, `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`, branch].join(":"),
  }));
  err("other card", 0.05, () => ({ card: `0055${number}:転1:${number}:01` }));
  err("no card", 0.08, () => ({ card: "" }));
  err("branch of the wrong member", 0.005, () => ({ card: [insurer, symbol, number, "77"].join(":") }));
  err("moved", 0.08, () => ({ address: "架空県例示村新居9-9", postal: "7000000" }));
  err("other telephone", 0.15, () => ({ phone: "" }));
  const visible = typed.card === "" ? "" : [typed.card, typed.birth, typed.sex, typed.familyKana, typed.givenKana].join("|");
  if (facility === hospitals[2]) typed = { ...typed, ...ownWay(typed) };
  return { said: typed, visible };
}

/** Full-width numbers, no leading zeros, hiragana with a space: the same to whoever compares rightly. */
function ownWay({ card, familyKana, givenKana }: Required<Said>): Partial<Said> {
  const hiragana = (text: string) => text.replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
  const wide = (text: string) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const written = card.split(":").map((part, i) => (i === 0 ? part.replace(/^0+/, "") : wide(part)));
  return { card: card === "" ? "" : written.join(":"), familyKana: `${hiragana(familyKana)}　`, givenKana: hiragana(givenKana) };
}

function slipped(kana: string): string {
  try {
    return slipKana(kana);
  } catch {
    // No letter of it has a usual slip: one is left out.
    return kana.slice(0, -1);
  }
}

/** One digit other, two neighbours changed about, or day and month. */
function slippedDate(date: string, random: () => number): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const dice = random();
  if (dice < 0.3 && Number(day) <= 12 && day !== month) return `${year}-${day}-${month}`;
  if (dice < 0.6) return `${year.slice(0, 3)}${(Number(year.at(-1)) + 1) % 10}-${month}-${day}`;
  return `${year}-${month}-${String((Number(day) % 28) + 1).padStart(2, "0")}`;
}
