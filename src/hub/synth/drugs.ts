import { dangerDrugs } from "./drugs-danger.ts";
import { ordinaryDrugs } from "./drugs-ordinary.ts";
import type { Facility } from "./facilities.ts";
import { hash32 } from "./random.ts";
import { wide } from "./text.ts";

export interface Unit {
  readonly code: string;
  readonly name: string;
}

export interface Drug {
  readonly key: string;
  /** Brand or generic name as in the trade, half-width letters. */
  readonly name: string;
  /** Danger class (clinical-safety.md §4), "" for none. A trap looks like one of `trap` and is none. */
  readonly danger: string;
  readonly trap: string;
  readonly unit: Unit;
  readonly dose: string;
  /** Intakes a day; 0 = 頓服. */
  readonly times: number;
  readonly usage: UsageKey;
  readonly days: number;
  readonly route: readonly [string, string];
  /** First seven letters of the YJ code (ingredient and route), "" where we do not know it. */
  readonly yj: string;
  readonly injection: boolean;
}

const units: Record<string, Unit> = {
  錠: { code: "TAB", name: "錠" },
  カ: { code: "CAP", name: "カプセル" },
  g: { code: "G", name: "グラム" },
  包: { code: "PCK", name: "包" },
  本: { code: "HON", name: "本" },
  枚: { code: "SHT", name: "枚" },
  mL: { code: "ML", name: "ミリリットル" },
  単位: { code: "IU", name: "単位" },
  キ: { code: "KIT", name: "キット" },
  V: { code: "VIL", name: "バイアル" },
  A: { code: "AMP", name: "アンプル" },
};

/** Usage code and text; those with 16 digits are in the standard's form, the others local. Illustrative but for the first two. */
export const usages = {
  t3: ["1013044400000000", "内服・経口・１日３回朝昼夕食後"],
  t2: ["1012040400000000", "内服・経口・１日２回朝夕食後"],
  t1: ["1011000400000000", "内服・経口・１日１回朝食後"],
  e1: ["YH11", "１日１回夕食後"],
  n1: ["YH15", "１日１回就寝前"],
  w1: ["YH20", "週１回起床時"],
  pre3: ["YH31", "１日３回毎食直前"],
  b3: ["YH33", "１日３回毎食前"],
  inj1: ["CH01", "１日１回皮下注射"],
  inj3: ["CH03", "１日３回毎食直前皮下注射"],
  injw: ["CH07", "週１回皮下注射"],
  out1: ["GY01", "１日１回貼付"],
  out2: ["GY02", "１日２回患部に塗布"],
  eye2: ["GY12", "１日２回点眼"],
  inh2: ["GY22", "１日２回吸入"],
  pain: ["", "疼痛時"],
  fever: ["", "発熱時　３８．５度以上"],
  sleep: ["", "不眠時"],
  chest: ["", "胸痛時"],
  wheeze: ["", "喘息発作時"],
  shock: ["", "アナフィラキシー発現時　大腿に注射"],
  drip: ["", ""],
} as const;
export type UsageKey = keyof typeof usages;

/**
 * One line a drug: `key name unit dose times usage days [yj] [danger] [-trap]`, separated by |.
 */
function parse(line: string): Drug {
  const [key, name, unit, dose, times, usage, days, yj = "", danger = ""] = line.split("|");
  const known = units[unit ?? ""];
  if (key === undefined || name === undefined || known === undefined || dose === undefined || usage === undefined || !(usage in usages))
    throw new RangeError(`drug table: ${line}`);
  const injection = usage === "drip";
  const u = usage as UsageKey;
  const route: readonly [string, string] = injection
    ? ["IV", "静脈内"]
    : u.startsWith("inj")
      ? ["SC", "皮下"]
      : u === "out1" || u === "out2"
        ? ["AP", "外用"]
        : u === "eye2"
          ? ["OP", "眼"]
          : u === "inh2" || u === "wheeze"
            ? ["IH", "吸入"]
            : u === "shock"
              ? ["IM", "筋肉内"]
              : u === "chest"
                ? ["SL", "舌下"]
                : ["PO", "口"];
  return {
    key,
    name,
    danger: danger.startsWith("-") ? "" : danger,
    trap: danger.startsWith("-") ? danger.slice(1) : "",
    unit: known,
    dose,
    times: Number(times),
    usage: u,
    days: Number(days),
    route,
    yj,
    injection,
  };
}

const table = (lines: string): Drug[] => lines.trim().split("\n").map(parse);

export interface Formulary {
  readonly all: readonly Drug[];
  readonly oral: readonly Drug[];
  readonly injections: readonly Drug[];
  get(key: string): Drug;
  /** What this facility writes in the drug field (code^name^system), and in RXE-31 ("" for most). */
  written(facility: Facility, drug: Drug): { readonly cwe: string; readonly supplementary: string };
}

/** How a facility writes a drug: by HOT9 mostly, by its own code or by name alone now and then. Always the same way for the same drug. */
export function makeFormulary(): Formulary {
  const all = [...table(dangerDrugs), ...table(ordinaryDrugs)];
  const byKey = new Map(all.map((drug, place) => [drug.key, { drug, place }]));
  const entry = (key: string): { drug: Drug; place: number } => {
    const found = byKey.get(key);
    if (found === undefined) throw new RangeError(`no drug ${key}`);
    return found;
  };
  return {
    all,
    oral: all.filter((drug) => !drug.injection),
    injections: all.filter((drug) => drug.injection),
    get: (key) => entry(key).drug,
    written: (facility, drug) => {
      const { place } = entry(drug.key);
      const name = facility.width === "full" ? wide(drug.name) : drug.name;
      const dice = hash32(`${facility.code}/${drug.key}`) % 100;
      const hot = `9${100000 + place}01`;
      const cwe =
        dice < 78 ? `${hot}^${name}^HOT9` : dice < 93 ? `${facility.mark}${1000 + place}^${name}^99${facility.mark}01` : `^${name}`;
      return { cwe, supplementary: drug.yj !== "" && dice % 5 === 0 ? `${drug.yj}F9990^${name}^${facility.yjSystem}` : "" };
    },
  };
}
