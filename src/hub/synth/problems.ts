import { stampOn } from "./adt.ts";
import { departments } from "./facilities.ts";
import { type Draft, msh, NO_ORDER, orc, type Place, pid, seg } from "./hl7.ts";
import { doctorXcn, type LocalRecord, type Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Problem } from "./story.ts";

const modifiers: Record<string, string> = {
  急性: "4012",
  重症: "4043",
  再発性: "4068",
  の疑い: "8002",
  術後: "8057",
  の既往: "8022",
  増悪: "8061",
};

/** PPR-01: one file a problem, or one file with them all, as the vendor of the facility does. */
export function problemFiles(
  person: Person,
  record: LocalRecord,
  problems: readonly Problem[],
  from: Random,
  order: () => string,
): Draft[] {
  if (problems.length === 0) return [];
  const file = (own: readonly Problem[], number: string): Draft => {
    const newest =
      own
        .map((problem) => problem.end || problem.start)
        .sort()
        .at(-1) ?? "20260101";
    const stamp = stampOn(newest, from);
    return {
      day: "-",
      type: "PPR-01",
      order: number,
      stamp,
      department: "-",
      flag: "1",
      segments: [
        msh(record, "PPR-01", stamp),
        pid(person, record, false),
        ...own.flatMap((problem, i) => [
          ...group(problem, `${number.slice(-12)}${String(i).padStart(3, "0")}`),
          orderOf(record, problem, number, from),
        ]),
      ],
    };
  };
  return record.facility.problems === "one-file" ? [file(problems, NO_ORDER)] : problems.map((problem) => file([problem], order()));
}

/** The order that a diagnosis belongs to: who made it, in which department. */
function orderOf(record: LocalRecord, { disease, start }: Problem, number: string, from: Random): string {
  const department = departments[record.facility.kind === "clinic" ? 0 : disease.department] ?? { code: "01", name: "内科" };
  const place: Place = { department, doctor: doctorXcn(from), ward: "" };
  return orc(record, place, number, `${start}100000`);
}

function group(problem: Problem, instance: string): string[] {
  const { disease } = problem;
  const suffix = problem.suspected === "suffix" ? "の疑い" : problem.suffix;
  const whole = `${problem.prefix}${disease.name}${suffix}${problem.suspected === "text" ? "の疑い" : ""}`;
  const name = problem.uncoded
    ? "20084317^未コード化傷病名^MDCDX2"
    : `${disease.number}^${problem.suspected === "text" ? `${disease.name}の疑い` : disease.name}^MDCDX2`;
  const prb = seg("PRB", {
    1: problem.end === "" ? "AD" : "UP",
    2: problem.end || problem.start,
    3: name,
    4: instance,
    7: problem.start,
    9: problem.end,
    10: `${disease.icd}^^I10^O^外来時^JHSD0004`,
    13: problem.suspected === "prb13" ? "1^疑い^JHSD0005" : "",
    14: problem.outcome === null ? "" : `${problem.outcome[0]}^${problem.outcome[1]}^HL70241`,
    15: problem.outcome === null ? "" : problem.end || problem.start,
    16: problem.start,
    17: whole,
    18: problem.main ? "1^主診断^JHSD0007" : "",
    25: disease.key === "hiv" ? "V^非常に限定^HL70177" : "",
  });
  if (problem.uncoded) return [prb];
  const modifier = (text: string): string => (text === "" ? "" : `${modifiers[text]}^${text}^MDCDX2`);
  return [prb, seg("ZPR", { 1: modifier(problem.prefix), 2: `${disease.number}^${disease.name}^MDCDX2`, 3: modifier(suffix) })];
}
