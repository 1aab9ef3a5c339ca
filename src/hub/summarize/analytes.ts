import { standardSystem } from "../../shared/summary/coding.ts";
import type { Lab } from "../../shared/summary/summary.ts";
import type { Concept } from "../record/record.ts";
import { labelOf } from "./facts.ts";

type Analyte = Exclude<Lab["analyte"], "">;

interface Known {
  readonly analyte: Analyte;
  /** JLAC10: first 5 digits (analyte), and what the digits from the 10th on must be (material 3, method 3, result 2). */
  readonly code: RegExp;
  /** The whole name, folded to NFKC, without spaces, for tests without JLAC10. */
  readonly name: RegExp;
}

/** Blood, plasma or serum as JLAC10 material: 017 to 023 and its neighbours; urine (001 …) and fluids (04x) are other tests. */
const blood = "(?:01[6-9]|02[0-6])";

const table: readonly Known[] = [
  { analyte: "Cr", code: new RegExp(`^3C015.{4}${blood}`), name: /^(?:cr|cre|crea|crn|クレアチニン|血清クレアチニン|creatinine)$/ },
  { analyte: "eGFR", code: /^8A065/, name: /^(?:egfr|egfrcreat|推算gfr|推算糸球体濾過量|egfr\(cr\)|egfrcr)$/ },
  { analyte: "K", code: new RegExp(`^3H015.{4}${blood}`), name: /^(?:k|カリウム|血清カリウム|血清k|potassium)$/ },
  { analyte: "Na", code: new RegExp(`^3H010.{4}${blood}`), name: /^(?:na|ナトリウム|血清ナトリウム|血清na|sodium)$/ },
  {
    analyte: "Hb",
    code: /^(?:2A030|2A990.{10}53$)/,
    name: /^(?:hb|hgb|ヘモグロビン|血色素量?|ヘモグロビン\(hb\)|血色素\(hb\)|hemoglobin)$/,
  },
  { analyte: "Plt", code: /^(?:2A050|2A990.{10}56$)/, name: /^(?:plt|血小板数?|血小板\(plt\)|platelets?)$/ },
  { analyte: "PT-INR", code: /^2B030.{10}57$/, name: /^(?:pt-?\(?inr\)?|inr|プロトロンビン時間\(?inr\)?)$/ },
  {
    analyte: "glucose",
    code: new RegExp(`^3D010.{4}${blood}`),
    name: /^(?:glu|bs|血糖値?|グルコース|血清グルコース|血漿グルコース|随時血糖|空腹時血糖|glucose)$/,
  },
  { analyte: "HbA1c", code: /^3D046/, name: /^(?:hba1c|hba1c\(ngsp\)|ヘモグロビンa1c|グリコヘモグロビンa1c|hba1cngsp)$/ },
  { analyte: "CRP", code: /^5C070/, name: /^(?:crp|crp定量|c反応性蛋白|crp\(定量\)|高感度crp)$/ },
  { analyte: "BNP", code: /^4Z271/, name: /^(?:bnp|脳性na利尿ペプチド|脳性ナトリウム利尿ペプチド)$/ },
  { analyte: "NT-proBNP", code: /^4Z272/, name: /^(?:nt-?probnp|脳性na利尿ペプチド前駆体n端フラグメント)$/ },
  {
    analyte: "troponin",
    code: /^5C09[34]/,
    name: /^(?:高感度)?(?:心筋)?(?:トロポニン[ti]?|tnt|tni|troponin[ti]?)(?:定量|高感度|\(高感度\))?$/,
  },
];

/** The analyte a test is known as: by JLAC10 where it has that code, else by its whole name in a specimen that may be blood. */
export function analyteOf(test: Concept, specimen: string): Lab["analyte"] {
  const codes = test.codings.filter(({ system }) => standardSystem(system) === "JC10").map(({ code }) => code);
  const byCode = table.find(({ code }) => codes.some((one) => code.test(one)));
  if (byCode) return byCode.analyte;
  if (codes.some((code) => code.length === 17) || /尿|髄液|腹水|胸水|穿刺|便|関節液|ドレーン|透析液/.test(specimen)) return "";
  const name = labelOf(test).normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  return table.find((known) => known.name.test(name))?.analyte ?? "";
}
