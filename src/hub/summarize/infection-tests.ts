/** Which tests are tests of an infection, and what their results say. */
import { standardSystem } from "../../shared/summary/coding.ts";
import type { Infection } from "../../shared/summary/summary.ts";
import type { LabRecord } from "../record/record.ts";
import { labelOf } from "./facts.ts";
import { resultOf } from "./results.ts";

/** A test of an infection: sent as one, or known by JLAC10 or name; never what a vaccination leaves. */
export function isInfection(record: LabRecord): boolean {
  return !isImmunity(record) && (record.group === "infection" || isTestOf(record) || germs.test(plain(resultOf(record))));
}

/** Names, in NFKC upper case without spaces. */
const tests =
  /HBS(?:-?AG|抗原)|HBE(?:-?AG|抗原)|HBV-?DNA|HBC-?IGM|IGM-?HBC|HCV|HIV|HTLV|ATL[AV]|梅毒|RPR|TPHA|TPLA|TPPA|TP抗体|STS|FTA-?ABS|結核|抗酸菌|T-?SPOT|QFT|クォンティフェロン|MRSA|VRE|ESBL|CRE(?:感染|保菌|培養|スクリーニング)|MDRP|MDRA|多剤耐性|SARS-?COV|COVID|コロナウイルス|インフルエンザ.{0,8}(?:抗原|核酸|迅速)|ノロウイルス|ロタウイルス抗原|アデノウイルス抗原|CD(?:トキシン|毒素)|DIFFICILE|淋菌|クラミジア/;
/** Germs that a culture names as its result. */
const germs = /MRSA|VRE|ESBL|MDRP|MDRA|多剤耐性|結核菌|M\.?TUBERCULOSIS|MYCOBACTERIUMTUBERCULOSIS/;
/** What shows that the germ itself, or a fresh infection, was looked for. */
const direct = /抗原|(?:^|[^A-Z])AG|DNA|RNA|PCR|LAMP|核酸|IGM/;
const immunity = /HBS-?(?:AB|抗体)|(?:麻疹|風疹|ムンプス|流行性耳下腺炎|水痘|帯状疱疹|VZV).*(?:抗体|IGG|EIA|HI)/;
/** JLAC10, by JP-CLINS' list: HBs antigen, HCV, HIV, syphilis; and HBs antibody. */
const codes = /^(?:5F016141|5F360|5F5[0-6]0|5E07)/;
const immunityCodes = /^5F016143/;

const plain = (text: string): string => text.normalize("NFKC").toUpperCase().replace(/\s+/g, "");
const jlac = ({ test }: LabRecord): readonly string[] =>
  test.codings.filter(({ system }) => standardSystem(system) === "JC10").map(({ code }) => code);

function isImmunity(record: LabRecord): boolean {
  return immunity.test(plain(labelOf(record.test))) || jlac(record).some((code) => immunityCodes.test(code));
}

function isTestOf(record: LabRecord): boolean {
  const name = plain(labelOf(record.test));
  return tests.test(name) || jlac(record).some((code) => codes.test(code) || (code.startsWith("5F") && direct.test(name)));
}

/** A culture says which germ it found: 「MRSA(2+)」. */
export const namesGerm = (value: string): boolean => germs.test(plain(value));

/** A germ that is named was found, unless the words say otherwise. */
export function germSaid(value: string): Infection["result"] {
  if (/疑|[?？]/.test(value)) return "unclear";
  return saidBy(value, []) === "negative" ? "negative" : "positive";
}

/** What the words of a result say; a number alone, or words that are not known, are unclear. */
export function saidBy(value: string, flags: readonly string[]): Infection["result"] {
  const said = value
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[‐‑–—―−]/g, "-")
    .replace(/\s+/g, "");
  if (/±|\+-|\+\/-|疑陽性|偽陽性|判定保留|保留|判定不能|indeterminate|equivocal|borderline/.test(said)) return "unclear";
  const negative = /陰性|negative|^neg$|not-?detected|非検出|未検出|検出せず|検出されず|認めず|\(-\)|^-$|^nd$/.test(said);
  const positive =
    /陽性|(?:^|[^e])positive|^pos$|(?<!not-?)detected|(?<![非未])検出(?!せず|されず|限界|感度)|\(\d?\+{1,4}\)|^\d?\+{1,4}$|^\+{1,4}\(/.test(
      said,
    );
  if (negative !== positive) return positive ? "positive" : "negative";
  if (negative && positive) return "unclear";
  return flags.includes("POS") ? "positive" : flags.includes("NEG") ? "negative" : "unclear";
}
