import { stampOn } from "./adt.ts";
import { type Draft, msh, orc, type Place, pid, pv1, seg } from "./hl7.ts";
import type { LocalRecord, Person } from "./people.ts";
import { hash32, type Random } from "./random.ts";
import { padded } from "./text.ts";

interface Room {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly from: Random;
  readonly order: () => string;
}

/** JJ1017-like code (illustrative), name of the study, of the part, DICOM modality. */
const studies = [
  ["1000000000000000", "Ｘ線単純撮影", "胸部.Ｘ線単純撮影.立位正面(P→A)", "CR"],
  ["2000000000000000", "ＣＴ撮影", "頭部.ＣＴ撮影.単純", "CT"],
  ["2000000000000001", "ＣＴ撮影", "胸腹部.ＣＴ撮影.造影", "CT"],
  ["3000000000000000", "ＭＲ撮影", "頭部.ＭＲ撮影.単純", "MR"],
  ["9900000000000000", "経皮的超音波検査", "腹部.経皮的超音波検査", "US"],
] as const;

/** OMG-11: the order tree NW, PA, CH, each with the IPC that leads to the images (accession number and Study UID). */
export function radiology({ person, record, from, order }: Room, place: Place, day: string): Draft {
  const number = order();
  const child = order();
  const [code, name, part, modality] = from.pick(studies);
  const stamp = stampOn(day, from, 14);
  const accession = `${record.facility.mark}${day}${padded(number.slice(-6), 7)}`;
  const uid = `2.25.${padded(hash32(`${record.facility.code}/${record.pid}/${number}`), 10).replace(/^0/, "1")}${padded(hash32(accession), 10)}`;
  const ipc = seg("IPC", { 1: accession, 2: `P${number.slice(-5)}`, 3: uid, 5: `${modality}^^DCM` });
  const obr = (own: string, study: string, more: Readonly<Record<number, string>> = {}): string =>
    seg("OBR", { 2: own, 4: study, 7: day, 16: place.doctor, 22: stamp.slice(0, 14), 25: "F", ...more });
  const tq1 = seg("TQ1", { 1: "1", 9: "R^^HL70485" });
  const whole = `${code}^${name}^JJ1017`;
  const piece = `${code}${code}^${part}^JJ1017`;
  const segments = [
    msh(record, "OMG-11", stamp),
    pid(person, record, false),
    pv1(place),
    orc(record, place, number, stamp),
    tq1,
    obr(number, whole),
    ipc,
    orc(record, place, number, stamp, { 1: "PA" }),
    tq1,
    obr(number, whole),
    ipc,
    orc(record, place, child, stamp, { 1: "CH", 8: number }),
    tq1,
    obr(child, piece, { 29: number }),
    seg("ZE1", { 1: "1", 2: "RS", 3: piece, 6: "RT-01^EM-01", 7: "R001^撮影^健太^^^^^^^L^^^^^I" }),
    ipc,
  ];
  return { day, type: "OMG-11", order: number, stamp, department: place.department.code, flag: "1", segments };
}

/** OMG-13: an electrocardiogram, or an echocardiogram with its ejection fraction. */
export function physiology({ person, record, from, order }: Room, place: Place, day: string): Draft {
  const number = order();
  const stamp = stampOn(day, from, 15);
  const echo = person.index % 3 === 1;
  const row = (n: number, type: string, test: string, value: string, unit = ""): string =>
    seg("OBX", { 1: String(n), 2: type, 3: test, 4: String(n === 1 ? 1 : 2), 5: value, 6: unit, 11: "F" });
  const local = `99${record.facility.mark}07`;
  const findings = echo
    ? [
        row(1, "TX", "9A300&IMP^心エコー所見^JC10", from.pick(["左室壁運動は正常", "左室壁運動低下（下壁）", "軽度の僧帽弁逆流"])),
        row(2, "NM", `E01^左室駆出率(EF)^${local}`, from.decimal(32, 72, 0), "%"),
        row(3, "NM", `E02^左房径^${local}`, from.decimal(28, 52, 0), "mm"),
      ]
    : [
        row(
          1,
          "TX",
          "9A100&IMP^心電図所見^JC10",
          from.pick(["正常範囲", "心房細動", "完全右脚ブロック", "陳旧性下壁梗塞の疑い", "ペースメーカー調律"]),
        ),
        row(2, "NM", `K01^心拍数^${local}`, from.decimal(48, 118, 0), "bpm"),
        row(3, "NM", `K02^QT時間^${local}`, from.decimal(340, 470, 0), "msec"),
      ];
  const segments = [
    msh(record, "OMG-13", stamp),
    pid(person, record, false),
    pv1(place),
    orc(record, place, number, stamp, { 1: "SC" }),
    seg("OBR", {
      1: "1",
      2: number,
      4: echo ? "9A300^経胸壁心エコー^JC10" : "9A110^標準１２誘導心電図^JC10",
      7: day,
      16: place.doctor,
      22: stamp.slice(0, 14),
      25: "F",
    }),
    ...findings,
  ];
  return { day, type: "OMG-13", order: number, stamp, department: place.department.code, flag: "1", segments };
}
