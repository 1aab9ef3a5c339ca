import { describe, expect, it } from "vitest";
import { readDiseases } from "../../../src/hub/synth/diseases.ts";
import { makeFormulary } from "../../../src/hub/synth/drugs.ts";
import { region } from "../../../src/hub/synth/index.ts";
import { wide } from "../../../src/hub/synth/text.ts";
import { field, writtenRegion } from "./storage.ts";

/** Everything the demo region promises, counted in its files at the default size. */
const model = region(500, "content");
const { files } = writtenRegion(model);
const valid = files.filter((file) => file.flag === "1" && file.inside !== "letter.pdf");
const lines = valid.flatMap((file) => file.segments.map((segment) => ({ file, segment, id: segment.slice(0, 3) })));
const count = (type: RegExp, pattern: RegExp): number =>
  lines.filter(({ file, segment }) => type.test(file.type) && pattern.test(segment)).length;

const types = [
  "ADT-00",
  "ADT-12",
  "ADT-22",
  "ADT-52",
  "ADT-61",
  "PPR-01",
  "OMP-01",
  "OMP-11",
  "OMP-02",
  "OMP-12",
  "OML-11",
  "OMG-11",
  "OMG-13",
  "ADT-01",
  "ADT-21",
  "ADT-31",
  "ADT-32",
  "ADT-41",
  "ADT-42",
  "ADT-51",
  "OMD",
  "OML-01",
  "OMG-02",
  "OMG-12",
  "^退院時要約^^18842-5^退院時サマリー^LN",
  "^外来記録^^34108-1^外来診療録^LN",
  "^経過記録^^11506-3^経過記録^LN",
  "^診療情報提供書^^57133-1^紹介状^LN",
  "L-OBSERVATIONS^OBSERVATIONS^99ZL01",
];

/** What it is called here, in which type, and how it stands in a segment. */
const promised: readonly (readonly [string, RegExp, RegExp])[] = [
  ["allergy row of ADT-61", /ADT-61/, /^IAM\|1\|DA\^/],
  ["none in words, AL1", /ADT-00/, /^AL1\|[^|]*\|[^|]*\|\^なし/],
  ["特になし in AL1", /ADT-00/, /^AL1\|[^|]*\|[^|]*\|\^特になし/],
  ["特になし in IAM without a verifier", /ADT-61/, /^IAM\|[^|]*\|[^|]*\|\^特になし\|\|\|A\^追加\^HL70323$/],
  [
    "none confirmed with who, role, where and when",
    /ADT-61/,
    /^IAM\|1\|DA\^[^|]*\|\^なし\|.*\|C\^確認済\^HL70438\|D\d+\^[^^]+\^[^^]+\^\^\^\^医師\^[^|]*\|[^|]+\|\d{8}$/,
  ],
  ["deleted allergy", /ADT-61/, /^IAM(\|[^|]*){5}\|D\^削除/],
  ["inactive allergy", /ADT-61/, /\|I\^確認済/],
  ["suspected allergy", /ADT-61/, /\|S\^疑い\^HL70438/],
  ["allergy sent in error", /ADT-61/, /\|E\^誤り/],
  ["contraindication", /ADT-61/, /^IAM(\|[^|]*){8}\|CT\^禁忌/],
  ["side effect", /ADT-61/, /^IAM(\|[^|]*){8}\|SE\^/],
  ["food allergy", /ADT-61/, /^IAM\|\d\|FA\^/],
  ["pollen allergy", /ADT-61/, /^IAM\|\d\|LA\^/],
  ["onset in words", /ADT-61/, /小学校低学年の頃/],
  ["drug by HOT9", /OMP-01/, /^RXE\|\|\d{9}\^[^^|]+\^HOT9/],
  ["drug by local code", /OMP-01/, /^RXE\|\|[A-D]\d+\^[^^|]+\^99[A-D]01/],
  ["drug by name alone", /OMP-01/, /^RXE\|\|\^[^^|]+\|/],
  ["YJ in RXE-31", /OMP-01/, /^RXE(\|[^|]*){30}\|\d{7}F9990\^[^|]*\^YJ$/],
  ["YJ under MYAK", /OMP-01/, /\^MYAK$/],
  ["second line of one RP", /OMP-01/, /^ORC\|NW\|\d{15}\|\|\d{15}_01_002/],
  ["as needed", /OMP-01/, /^TQ1\|1(\|){6}\d{8}\|\|\|\|疼痛時\|\|\|10$/],
  ["tapering", /OMP-01/, /^TQ1\|1\|.*\|7\^d\|\d{10}\|\d{8}$/],
  ["weekly", /OMP-01/, /週１回起床時/],
  ["dispensed", /OMP-11/, /^RXA\|.*\|CP\|/],
  ["injection in RXC", /OMP-02/, /^RXC\|A\|/],
  ["chemotherapy kind", /OMP-02/, /^RXE\|\|07\^抗がん剤/],
  ["given whole", /OMP-12/, /\|CP\|\|\d{14}$/],
  ["given in part", /OMP-12/, /\|0\.5\|.*\|PA\|\|\d{14}$/],
  ["refused", /OMP-12/, /\|00\^本人が拒否\^HL70NIP002\|\|RE\|/],
  ["not given", /OMP-12/, /\|\^血圧低下のため中止\^99IC2\|.*\|NA\|\|\d{14}$/],
  ["prefix", /PPR-01/, /^ZPR\|\d+\^(急性|重症|再発性)/],
  ["suffix", /PPR-01/, /^ZPR\|[^|]*\|[^|]*\|\d+\^(術後|の既往|増悪)/],
  ["suspected by PRB-13", /PPR-01/, /^PRB(\|[^|]*){12}\|1\^疑い\^JHSD0005/],
  ["suspected by suffix", /PPR-01/, /^ZPR\|[^|]*\|[^|]*\|\d+\^の疑い/],
  ["suspected in the text", /PPR-01/, /^PRB\|AD\|\d+\|\d+\^[^^]+の疑い\^/],
  ["ended", /PPR-01/, /^PRB\|UP\|(\d{8})\|.*\|\1\|[A-Z]\d+\^/],
  ["cured", /PPR-01/, /\|F\^治癒\^HL70241/],
  ["main diagnosis", /PPR-01/, /\|1\^主診断\^JHSD0007/],
  ["not coded", /PPR-01/, /\|20084317\^未コード化傷病名/],
  ["dialysis", /PPR-01/, /\|(Z992|N180)\^\^I10/],
  ["HIV, confidential", /PPR-01/, /\|B24\^\^I10.*\|V\^非常に限定\^HL70177$/],
  ["psychiatric", /PPR-01/, /\|F(329|209|319)\^\^I10/],
  ["preliminary result", /OML-11/, /^OBX(\|[^|]*){10}\|P\|/],
  ["corrected result", /OML-11/, /^OBX(\|[^|]*){10}\|C\|/],
  ["note of a correction", /OML-11/, /^NTE\|1\|\|再検により訂正/],
  ["result in words", /OML-11/, /^OBX\|\d+\|ST\|[^|]*\|\|<0\.05\|/],
  ["structured numeric", /OML-11/, /^OBX\|\d+\|SN\|[^|]*\|\|>\^250\|/],
  ["local test only", /OML-11/, /^OBX\|\d+\|..\|102\d\d\^[^^]+\^99C04\|/],
  ["flag HH", /OML-11/, /^OBX(\|[^|]*){7}\|HH\|/],
  ["flag LL", /OML-11/, /^OBX(\|[^|]*){7}\|LL\|/],
  ["Study UID and accession", /OMG-11/, /^IPC\|[A-D]\d{15}\|P\d+\|2\.25\.[1-9]\d+\|\|(CR|CT|MR|US)\^\^DCM$/],
  ["electrocardiogram", /OMG-13/, /^OBR\|.*標準１２誘導心電図/],
  ["ejection fraction", /OMG-13/, /^OBX\|2\|NM\|E01\^左室駆出率/],
  ["contact", /ADT-00/, /^NK1\|1\|/],
  ["escaped delimiter", /ADT-00/, /見本\\T\\例示商事/],
  ["disability present", /ADT-00/, /^DB1\|1\|PT\|\|Y$/],
  ["disability absent", /ADT-00/, /^DB1\|1\|PT\|\|N$/],
  ["rhesus negative", /ADT-00/, /\|Rh-\^-\^JSHR002/],
  ["insurance of 1.2h", /ADT-00/, /^IN1\|1\|C0\^[^|]*\|990011\|[^|]*(\|){6}見灯\d+~\d+~\d\d\|/],
  ["insurance in full width", /ADT-00/, /^IN1\|.*\|見灯[０-９]+~[０-９]+~[０-９]+\|/],
  ["insurance without symbol", /ADT-00/, /^IN1\|1\|39\^後期高齢者\^JHSD0001\|39990011\|[^|]*(\|){7}[0-9０-９]{8}\|/],
  ["vendor's own segment", /ADT-00/, /^ZXA\|/],
];

describe("at 500 people", () => {
  it.each(types)("%s is there", (type) => {
    expect(valid.filter((file) => file.type === type).length).toBeGreaterThan(5);
  });

  it.each(promised)("there is: %s", (_what, type, pattern) => {
    expect(count(type, pattern)).toBeGreaterThan(0);
  });

  it("every drug of the tables is sent under its name, and every disease diagnosed", () => {
    const orders = valid
      .filter((file) => /^OMP/.test(file.type))
      .map((file) => file.text)
      .join("\r");
    for (const drug of makeFormulary().all)
      expect(orders.includes(`^${drug.name}`) || orders.includes(`^${wide(drug.name)}`), drug.key).toBe(true);
    const problems = valid
      .filter((file) => file.type === "PPR-01")
      .map((file) => file.text)
      .join("\r");
    for (const disease of readDiseases()) expect(problems.includes(`|${disease.icd}^^I10`), disease.key).toBe(true);
  });

  it("no document names a disease that its own type would seal apart", () => {
    const discreet = readDiseases().filter(({ icd }) => /^(?:B2|A5|F|O0)/.test(icd));
    const documents = files.filter((file) => file.inside === "main_document.xml");
    expect([discreet.length > 2, documents.length > 100]).toEqual([true, true]);
    for (const { name } of discreet) expect(documents.filter((file) => file.text.includes(`>${name}<`)).length, name).toBe(0);
  });

  it("every class of drugs that the strip knows is in the formulary, with traps beside", () => {
    const { all } = makeFormulary();
    const classes = [
      "anticoagulant",
      "antiplatelet",
      "insulin",
      "glucoseLowering",
      "systemicSteroid",
      "immunosuppressant",
      "chemotherapy",
      "opioid",
      "antiepileptic",
      "antiarrhythmic",
      "digitalis",
      "betaBlocker",
      "theophylline",
      "lithium",
    ];
    expect(classes.filter((name) => !all.some((drug) => drug.danger === name))).toEqual([]);
    expect(all.filter((drug) => drug.trap !== "").length).toBeGreaterThan(10);
    expect(all.filter((drug) => drug.trap !== "" && drug.danger !== "")).toEqual([]);
  });

  it("most drugs have a HOT9 code, few a YJ, and no code could be a real one", () => {
    const drugs = lines.filter(({ file, id }) => file.type === "OMP-01" && id === "RXE").map(({ segment }) => segment);
    const hot = drugs.filter((segment) => /\^HOT9$/.test(field(segment, 2)));
    expect(hot.length / drugs.length).toBeGreaterThan(0.6);
    for (const segment of hot) expect(field(segment, 2)).toMatch(/^9/);
    const yj = drugs.filter((segment) => field(segment, 31) !== "");
    expect(yj.length / drugs.length).toBeLessThan(0.3);
  });

  it("tests have values of several days, so that there is a previous one", () => {
    const days = new Map<string, Set<string>>();
    for (const { file, segment, id } of lines) {
      if (file.type !== "OML-11" || id !== "OBX") continue;
      const key = `${file.facility}/${file.name.split("_")[0]}/${field(segment, 3)}`;
      days.set(key, (days.get(key) ?? new Set()).add(field(segment, 14)));
    }
    expect([...days.values()].filter((one) => one.size > 1).length).toBeGreaterThan(500);
    const names = [
      "クレアチニン",
      "推算GFR",
      "カリウム",
      "ナトリウム",
      "ヘモグロビン",
      "血小板数",
      "PT-INR",
      "血糖",
      "HbA1c",
      "CRP",
      "BNP",
      "NT-proBNP",
      "トロポニンI",
      "AST",
    ];
    for (const name of names)
      expect(
        [...days.keys()].some((key) => key.includes(name)),
        name,
      ).toBe(true);
  });

  it("history has a valid file of the same key, deletions have none, and the delete message stands with them", () => {
    const keyOf = (name: string): string => name.split("_").slice(0, 4).join("_");
    const living = new Set(valid.map((file) => `${file.facility}/${keyOf(file.name)}`));
    const old = files.filter((file) => file.flag === "2");
    const dead = files.filter((file) => file.flag === "0");
    expect(new Set(old.map((file) => file.type))).toEqual(new Set(["ADT-00", "OMP-01", "OML-11"]));
    for (const file of old) expect(living.has(`${file.facility}/${keyOf(file.name)}`)).toBe(true);
    expect(dead.length).toBeGreaterThan(10);
    for (const file of dead) expect(living.has(`${file.facility}/${keyOf(file.name)}`)).toBe(false);
    expect(dead.filter((file) => file.text.includes("\rORC|CA|")).length).toBe(dead.length / 2);
    expect(living.size).toBe(valid.length);
  });

  it("some are only registered, some have visits and nothing else, some say nothing of allergies", () => {
    const byPerson = new Map<string, Set<string>>();
    for (const file of valid) {
      const key = `${file.facility}/${file.path.split("/")[2]}`;
      byPerson.set(key, (byPerson.get(key) ?? new Set()).add(file.type));
    }
    const kinds = [...byPerson.values()].map((one) => [...one].sort().join(" "));
    expect(kinds.filter((kind) => /^ADT-00( ADT-61)?$/.test(kind)).length).toBeGreaterThan(5);
    expect(kinds.filter((kind) => /^ADT-00 ADT-12( ADT-61)?$/.test(kind)).length).toBeGreaterThan(5);
    expect(valid.filter((file) => file.type === "ADT-22").length).toBeGreaterThan(valid.filter((file) => file.type === "ADT-52").length);
  });

  it("allergies stand in AL1 alone, in ADT-61 alone, in both, in neither, and two facilities disagree", () => {
    const stated = new Map<string, { al1: boolean; iam: boolean; none: boolean }>();
    for (const file of valid) {
      const key = `${file.facility}/${file.path.split("/")[2]}`;
      const known = stated.get(key) ?? { al1: false, iam: false, none: false };
      if (file.type === "ADT-00" && file.text.includes("\rAL1|1|")) known.al1 = true;
      if (file.type === "ADT-61") known.iam = true;
      if (/\r(AL1|IAM)\|1\|DA\^[^|]*\|\^(特に)?なし/.test(file.text)) known.none = true;
      stated.set(key, known);
    }
    const ways = [...stated.values()].map(({ al1, iam }) => `${al1 ? "AL1" : ""}${iam ? "IAM" : ""}`);
    for (const way of ["AL1", "IAM", "AL1IAM", ""]) expect(ways.filter((one) => one === way).length, way).toBeGreaterThan(5);
    const disagree = model.people.filter(({ records }) => {
      const said = records.map((record) => stated.get(`${record.facility.code}/${record.pid}`));
      return said.some((one) => one?.none) && said.some((one) => one?.iam && !one.none);
    });
    expect(disagree.length).toBeGreaterThan(0);
  });
});
