/** Lines of the strip from what hospitals state outright: no judging, only which states count, by the table's section rules. */
import { foldForSearch } from "./fold.ts";
import type { Rules, SectionRule } from "./rules.ts";
import { joined, untold } from "./strip-lines.ts";
import type { ClinicalDate, Coded, Device, Dialysis, Infection, Item, Pregnancy, Sections, StripItem, Wish } from "./summary.ts";

/** One item of such a section, as the rules see it. */
interface Stated {
  readonly item: Item;
  /** What a rule's `states` are compared with; "" where the section knows no states. */
  readonly state: string;
  readonly text: string;
  readonly detail: string;
  readonly date: ClinicalDate | null;
}

/** Of each item the first rule of its section that fits; an item that none fits stands in its section alone. */
export function sectionLines(sections: Sections, rules: Rules): readonly StripItem[] {
  const { infections, devices, dialysis, pregnancy, wishes } = sections;
  const stated: readonly (readonly [SectionRule["section"], readonly Stated[]])[] = [
    ["infections", infections.items.map(infection)],
    ["devices", devices.items.map(device)],
    ["dialysis", dialysis.items.map(blood)],
    ["pregnancy", newestOfEachHospital(pregnancy.items).map(expecting)],
    ["wishes", wishes.items.filter(({ inForce }) => inForce).map(wish)],
  ];
  return stated.flatMap(([section, items]) =>
    items.flatMap((one) => {
      const rule = rules.sections.find((each) => each.section === section && fits(each, one));
      return rule === undefined ? [] : [lineOf(rule, one)];
    }),
  );
}

function fits({ states, words }: SectionRule, { state, text }: Stated): boolean {
  const said = foldForSearch(text);
  return (states.length === 0 || states.includes(state)) && (words.length === 0 || words.some((word) => said.includes(word)));
}

function lineOf(rule: SectionRule, { item, text, detail, date }: Stated): StripItem {
  const { source, received } = item;
  return { danger: rule.danger, text, detail: joined(untold(item), detail), date, end: null, source, received, by: "sent", rule: rule.id };
}

/** A later statement of the same hospital takes the place of an earlier one: who has given birth is not pregnant. */
function newestOfEachHospital(items: readonly Pregnancy[]): readonly Pregnancy[] {
  const newest = new Map<number, string>();
  for (const { source, date } of items) if ((date ?? "") > (newest.get(source) ?? "")) newest.set(source, date ?? "");
  return items.filter(({ source, date }) => (date ?? "") === (newest.get(source) ?? ""));
}

const nameOf = ({ text, codes }: Coded): string => text || codes.find((code) => code.text !== "")?.text || (codes[0]?.code ?? "");
const unless = (text: string, shown: string): string => (text === shown ? "" : text);

const results: Readonly<Record<Infection["result"], string>> = {
  positive: "陽性",
  negative: "陰性",
  unclear: "判定保留",
  diagnosed: "診断",
};

function infection(item: Infection): Stated {
  const text = nameOf(item.agent) || item.text;
  return { item, state: item.result, text, detail: joined(results[item.result], unless(item.text, text)), date: item.date };
}

function device(item: Device): Stated {
  const text = nameOf(item.device) || item.note;
  const detail = joined(
    item.status === "unknown" ? "現在の有無は不明" : "",
    item.site,
    item.implanted === null ? "" : `植込 ${item.implanted}`,
    item.maker,
    item.identifier,
    unless(item.note, text),
  );
  return { item, state: item.status, text, detail, date: item.implanted ?? item.date };
}

function blood(item: Dialysis): Stated {
  const { dryWeight } = item;
  const detail = joined(
    item.access,
    item.schedule,
    dryWeight === null || dryWeight.value === "" ? "" : `ドライウェイト ${dryWeight.value} ${dryWeight.unit}`.trim(),
    item.place,
  );
  return { item, state: "", text: nameOf(item.modality) || "透析", detail, date: item.date };
}

const expectations: Readonly<Record<Pregnancy["status"], string>> = {
  pregnant: "妊娠中",
  notPregnant: "妊娠していない",
  postpartum: "産褥期",
  breastfeeding: "授乳中",
  unknown: "妊娠の有無は不明",
};

function expecting(item: Pregnancy): Stated {
  const text = expectations[item.status];
  return {
    item,
    state: item.status,
    text,
    detail: joined(
      item.due === null ? "" : `予定日 ${item.due}`,
      item.due !== null && item.text.endsWith(`: ${item.due}`) ? "" : unless(item.text, text),
    ),
    date: item.date,
  };
}

const wishWords: Readonly<Record<Wish["what"], string>> = {
  dnar: "DNAR",
  treatmentLimit: "治療の制限",
  acp: "ACP",
  proxy: "代理意思決定者",
  donation: "臓器提供",
  other: "本人の意思",
};

/** The words of the wish stand first: 「輸血を希望しない」 says more than its kind. */
function wish(item: Wish): Stated {
  const kind = wishWords[item.what];
  const text = item.text === "" || foldForSearch(item.text).includes(foldForSearch(kind)) ? item.text || kind : `${kind}: ${item.text}`;
  return { item, state: item.what, text, detail: item.by, date: item.date };
}
