import { doctors, type Facility, facilities } from "./facilities.ts";
import { type Family, families, type Given, givenMen, givenWomen, slipKana, variantFamilies } from "./names.ts";
import { roleOf } from "./plan.ts";
import { type Random, random } from "./random.ts";
import { addDays, ageAt, wide } from "./text.ts";

export interface Insurance {
  /** JHSD0001 code and text. */
  readonly kind: readonly [string, string];
  readonly insurer: string;
  readonly insurerName: string;
  /** "" for 後期高齢者, who have neither symbol nor branch. */
  readonly symbol: string;
  readonly number: string;
  readonly branch: string;
  readonly relation: readonly [string, string];
}

/** One person as one facility has registered them. `link`: may identity join it to the first record of the person without a human? */
export interface LocalRecord {
  readonly facility: Facility;
  readonly pid: string;
  readonly family: string;
  readonly given: string;
  readonly familyKana: string;
  readonly givenKana: string;
  /** YYYYMMDD as registered there. */
  readonly birth: string;
  readonly insurance: Insurance | null;
  readonly link: "first" | "auto" | "never";
  readonly why: string;
}

export interface Person {
  readonly index: number;
  /** Role in the plan of traps, "" for most people. */
  readonly role: string;
  readonly sex: "M" | "F";
  /** True birth date, YYYYMMDD. */
  readonly birth: string;
  readonly age: number;
  readonly postal: string;
  readonly address: string;
  readonly telephone: string;
  readonly mobile: string;
  readonly contact: {
    readonly family: string;
    readonly given: string;
    readonly kana: string;
    readonly relation: readonly [string, string];
  };
  readonly records: readonly LocalRecord[];
}

const paired = new Set(["twin", "family", "same-name", "near-birth", "same-name-and-birth"]);
const relations: Readonly<Record<"young" | "grown", readonly (readonly [string, string])[]>> = {
  young: [["PAR", "親"]],
  grown: [
    ["SPO", "配偶者"],
    ["CHD", "子"],
    ["SIB", "兄弟姉妹"],
  ],
};
const never: Record<string, string> = {
  "kana-slip": "kana differs",
  "no-insurance": "insurance missing",
  "birth-slip": "birth date differs",
  "new-family-name": "family name differs",
  "other-insurance": "insurance differs",
};

/** Age and sex that a disease or drug asks for. */
export interface Fit {
  readonly ages: readonly [number, number];
  readonly sex: "M" | "F" | "";
}

/** Person `index` of the region with this seed; depends on nothing but its arguments, so regions of any size share their first people. */
export function makePerson(seed: string, index: number, today: string, fit: Fit | null): Person {
  const role = roleOf(index);
  const second = paired.has(role) && index % 2 === 1;
  const shared = random(`${seed}/pair/${second ? index - 1 : index}`);
  const own = random(`${seed}/person/${index}`);
  const sex = role === "demo" ? "F" : fit !== null && fit.sex !== "" ? fit.sex : shared.chance(0.5) ? "F" : "M";
  const family = role.startsWith("variant")
    ? shared.pick(variantFamilies)
    : role === "demo"
      ? (families[0] as Family)
      : shared.pick(families);
  const givens = sex === "F" ? givenWomen : givenMen;
  const sharedGiven = role === "demo" ? (givenWomen[0] as Given) : shared.pick(givens);
  const given =
    role === "twin" || role === "family"
      ? (givens[(givens.indexOf(sharedGiven) + (second ? 7 : 0)) % givens.length] as Given)
      : sharedGiven;
  const birth = birthOf(role, second, shared, own, today, fit);
  const age = ageAt(birth, today);
  const insurance = insuranceOf(age, role === "twin" || role === "family" ? shared : own, role, second, index);
  const place = role === "twin" || role === "family" ? shared : own;
  const contact = own.pick(own.chance(0.5) ? givenWomen : givenMen);
  return {
    index,
    role,
    sex,
    birth,
    age,
    postal: `999-${place.digits(4)}`,
    address: `架空県見本市灯台町${wide(place.int(1, 9))}丁目${wide(place.int(1, 40))}番${wide(place.int(1, 20))}号`,
    telephone: `000-0000-${place.digits(4)}`,
    mobile: `000-0000-${own.digits(4)}`,
    contact: {
      family: family.kanji,
      given: contact.kanji,
      kana: `${family.kana}^${contact.kana}`,
      relation: own.pick(age < 20 ? relations.young : relations.grown),
    },
    records: attends(role, second, index, own).map((facility, n) =>
      registered({ facility, n, index, role, family, given, birth, insurance, own }),
    ),
  };
}

function birthOf(role: string, second: boolean, shared: Random, own: Random, today: string, fit: Fit | null): string {
  if (role === "demo") return "19480305";
  const from = shared.chance(0.5) ? [65, 98] : shared.chance(0.24) ? [2, 17] : [18, 64];
  let [low, high] = from as [number, number];
  if (role === "twin") [low, high] = [6, 60];
  if (role === "family") [low, high] = second ? [4, 18] : [34, 60];
  if (role === "taisho") [low, high] = [100, 105];
  if (role === "new-family-name") [low, high] = [22, 55];
  if (fit !== null) [low, high] = [Math.max(2, fit.ages[0] + 1), Math.min(fit.ages[1], 98) - 1];
  const spread = role === "same-name" || role === "family" ? own : shared;
  const birth = addDays(today, -Math.floor(spread.int(low, high) * 365.25) - spread.int(1, 360));
  return role === "near-birth" && second ? addDays(birth, 1) : birth;
}

function insuranceOf(age: number, from: Random, role: string, second: boolean, index: number): Insurance {
  if (age >= 75)
    return {
      kind: ["39", "後期高齢者"],
      insurer: "39990011",
      insurerName: "架空県後期高齢者医療広域連合",
      symbol: "",
      number: `${10000000 + index * 8 + 3}`,
      branch: "",
      relation: ["SEL", "本人"],
    };
  const household = role === "twin" || role === "family";
  const branch = role === "twin" ? (second ? "03" : "02") : second && household ? "01" : "00";
  const holder = household ? index - (second ? 1 : 0) : index;
  const relation = branch === "00" ? (["SEL", "本人"] as const) : (["CHD", "子"] as const);
  const number = `${100000 + holder}`;
  if (from.chance(0.6))
    return {
      kind: ["C0", "国民健康保険"],
      insurer: "990011",
      insurerName: "架空県見本市",
      symbol: `見灯${from.int(10, 99)}`,
      number,
      branch,
      relation,
    };
  return {
    kind: ["01", "全国健康保険協会管掌健康保険"],
    insurer: "01990011",
    insurerName: "架空健康保険協会見本支部",
    symbol: from.digits(8),
    number,
    branch,
    relation,
  };
}

function attends(role: string, second: boolean, index: number, own: Random): Facility[] {
  const [a, b, c, d] = facilities as readonly [Facility, Facility, Facility, Facility];
  const fixed: Record<string, readonly Facility[]> = {
    twin: [a, b],
    family: [a, c],
    "same-name": second ? [a, d] : [a],
    "near-birth": second ? [b] : [a],
    "same-name-and-birth": second ? [b] : [a],
    "kana-slip": [a, b],
    "no-insurance": [a, c],
    "birth-slip": [b, c],
    "new-family-name": [a, d],
    variant: [a, b, c],
    "other-insurance": [b, d],
    three: [a, b, d],
    demo: [a, b],
  };
  let chosen = fixed[role];
  if (chosen === undefined) {
    const dice = own.int(0, 99);
    const first = dice < 30 ? a : dice < 60 ? b : dice < 82 ? c : d;
    const others = facilities.filter((facility) => facility !== first);
    chosen = own.chance(0.15) ? [first, ...own.some(others, own.chance(0.3) ? 2 : 1)] : [first];
  }
  const meets = index % 130 === 39 ? b : index % 110 === 33 ? c : null;
  return facilities.filter((facility) => chosen.includes(facility) || facility === meets);
}

interface Draft {
  readonly facility: Facility;
  readonly n: number;
  readonly index: number;
  readonly role: string;
  readonly family: Family;
  readonly given: Given;
  readonly birth: string;
  readonly insurance: Insurance;
  readonly own: Random;
}

function registered({ facility, n, index, role, family, given, birth, insurance, own }: Draft): LocalRecord {
  const writings = [family.kanji, ...(family.others ?? [])];
  const reason = n === 1 ? never[role] : undefined;
  const renamed = role === "new-family-name" && n === 1 ? own.pick(families.filter((other) => other.kana !== family.kana)) : family;
  return {
    facility,
    pid: facility.pid(index),
    family: renamed === family ? (writings[n % writings.length] as string) : renamed.kanji,
    given: given.kanji,
    familyKana: renamed.kana,
    givenKana: role === "kana-slip" && n === 1 ? slipKana(given.kana) : given.kana,
    birth: role === "birth-slip" && n === 1 ? slipDay(birth) : birth,
    insurance:
      role === "no-insurance" && n === 1
        ? null
        : role === "other-insurance" && n === 1
          ? { ...insurance, number: String(Number(insurance.number) + 500000) }
          : insurance,
    link: n === 0 ? "first" : reason === undefined ? "auto" : "never",
    why: reason ?? "",
  };
}

/** Two digits of the day swapped, or nine days later where that is no date. */
function slipDay(birth: string): string {
  const day = `${birth[7]}${birth[6]}`;
  return Number(day) >= 1 && Number(day) <= 28 && day !== birth.slice(6) ? birth.slice(0, 6) + day : addDays(birth, 9);
}

/** A doctor's XCN. */
export function doctorXcn(from: Random): string {
  const [id, family, given] = from.pick(doctors);
  return `${id}^${family}^${given}^^^^^^^L^^^^^I`;
}
