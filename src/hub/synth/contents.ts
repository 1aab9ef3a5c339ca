import { stampOn } from "./adt.ts";
import { msh, orc, type Place, pid, pv1, seg } from "./hl7.ts";
import type { LocalRecord, Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Stay, Story, Visit } from "./story.ts";
import { addDays } from "./text.ts";

/** One file of a content of the extended storage, before encoding. */
export interface Content {
  readonly day: string;
  /** Type folder: local triplet, standard triplet. */
  readonly type: string;
  readonly key: string;
  readonly stamp: string;
  readonly department: string;
  readonly file: string;
  readonly text: string;
  readonly charset: "jis" | "utf-8";
}

export interface Room {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly from: Random;
  readonly order: () => string;
}

export interface Kind {
  readonly code: string;
  readonly local: string;
  readonly standard: string;
}

export const kinds = {
  summary: { code: "18842-5", local: "退院時要約", standard: "退院時サマリー" },
  outpatient: { code: "34108-1", local: "外来記録", standard: "外来診療録" },
  progress: { code: "11506-3", local: "経過記録", standard: "経過記録" },
  referral: { code: "57133-1", local: "診療情報提供書", standard: "紹介状" },
} as const satisfies Readonly<Record<string, Kind>>;

/** What a page of the demo must not give away in passing: these are told in their own types, which seal them apart. */
const discreet = /^(?:B2|A5|F|O0)/;

/** Documents and measurements of one person at one facility, in the order they were made. */
export function contentsOf(room: Room, { visits, stay, problems }: Story): Content[] {
  const names = problems
    .filter(({ disease, suspected }) => suspected === "" && !discreet.test(disease.icd))
    .map(({ disease }) => disease.name);
  const out: Content[] = [];
  const latest = visits.at(-1);
  if (latest !== undefined) {
    out.push(outpatientNote(room, latest, names));
    if (room.person.index % 4 === 0) out.push(...measured(room, latest.place, latest.day, [10]));
    if (room.record.facility.kind === "clinic" && room.person.records.length > 1) out.push(...referral(room, latest, names));
  }
  if (stay === null) return out;
  const end = stay.to === "" ? addDays(stay.from, 2) : stay.to;
  for (let day = stay.from; day <= end && day <= addDays(stay.from, 2); day = addDays(day, 1))
    out.push(...measured(room, stay.place, day, [6, 14, 20]));
  out.push(wardNote(room, stay, names));
  if (stay.to !== "") out.push(summary(room, stay, names));
  return out;
}

export const section = (code: string, title: string, text: string): string =>
  `<component><section><code code="${code}" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC" displayName="${title}"/><title>${title}</title><text>${text}</text></section></component>`;

export const paragraph = (text: string): string => `<paragraph>${escaped(text)}</paragraph>`;
const list = (items: readonly string[]): string => `<list>${items.map((item) => `<item>${escaped(item)}</item>`).join("")}</list>`;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function document(room: Room, kind: Kind, place: Place, day: string, period: readonly [string, string], body: string): Content {
  const { record, person, from, order } = room;
  const { facility } = record;
  const stamp = stampOn(day, from, 17);
  const key = order();
  const [id = "", family = "", given = ""] = place.doctor.split("^");
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id root="1.2.392.100495.20.3.99" extension="${facility.code}-${key}"/>
<code code="${kind.code}" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC" displayName="${kind.standard}"/><title>${kind.local}</title>
<effectiveTime value="${stamp.slice(0, 14)}+0900"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="ja-JP"/>
<recordTarget><patientRole><id root="1.2.392.100495.20.3.51.1${facility.code}" extension="${record.pid}"/><patient><name use="IDE"><family>${record.family}</family><given>${record.given}</given></name><administrativeGenderCode code="${person.sex}" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="${record.birth}"/></patient></patientRole></recordTarget>
<author><time value="${stamp.slice(0, 14)}"/><assignedAuthor><id extension="${id}"/><assignedPerson><name use="IDE"><family>${family}</family> <given>${given}</given></name></assignedPerson><representedOrganization><name>${place.department.name}</name></representedOrganization></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><name>${facility.name}</name></representedCustodianOrganization></assignedCustodian></custodian>
<documentationOf><serviceEvent classCode="${kind.code === "18842-5" ? "ACCM" : "ENC"}"><effectiveTime><low value="${period[0]}"/><high value="${period[1]}"/></effectiveTime></serviceEvent></documentationOf>
<component><structuredBody>${body}</structuredBody></component>
</ClinicalDocument>
`;
  return {
    day,
    type: `^${kind.local}^^${kind.code}^${kind.standard}^LN`,
    key,
    stamp,
    department: place.department.code,
    file: "main_document.xml",
    text,
    charset: "utf-8",
  };
}

const told = (names: readonly string[]): string[] => (names.length > 0 ? [...names] : ["記載すべき病名なし（この文書では）"]);

function outpatientNote(room: Room, visit: Visit, names: readonly string[]): Content {
  const { from } = room;
  const body =
    section(
      "61150-9",
      "S",
      paragraph(from.pick(["変わりないとのこと。", "息切れはない。食欲あり。", "昨夜から腰が痛む。", "薬は飲めている。"])),
    ) +
    section("61149-1", "O", paragraph(`血圧 ${from.int(108, 156)}/${from.int(60, 94)}、脈拍 ${from.int(58, 96)}、浮腫なし。`)) +
    section("51848-0", "A", list(told(names))) +
    section("18776-5", "P", paragraph(visit.drugs.length > 0 ? "処方を継続。次回採血。" : "経過観察。"));
  return document(room, kinds.outpatient, visit.place, visit.day, [visit.day, visit.day], body);
}

function wardNote(room: Room, stay: Stay, names: readonly string[]): Content {
  const day = addDays(stay.from, 1);
  const text = `入院２日目。\n解熱傾向、経口摂取可。\n${told(names).slice(0, 2).join("、")}の治療を続ける。`;
  return document(room, kinds.progress, stay.place, day, [`${day}0900`, `${day}0900`], section("11506-3", "経過", escaped(text)));
}

function summary(room: Room, stay: Stay, names: readonly string[]): Content {
  const rows = stay.injections.map((drug) => `<tr><td>${escaped(drug.name)}</td><td>入院中のみ</td></tr>`).join("");
  const body =
    section("11535-2", "退院時診断", list(told(names))) +
    section("8648-8", "入院経過", paragraph(`${stay.place.department.name}に入院。点滴と安静で改善し、独歩で退院。`)) +
    section("29549-3", "入院中の注射", `<table><thead><tr><th>薬剤</th><th>期間</th></tr></thead><tbody>${rows}</tbody></table>`) +
    section("42344-2", "退院後の方針", paragraph("外来で経過をみる。発熱、息切れがあれば早めに受診。"));
  return document(room, kinds.summary, stay.place, stay.to, [stay.from, stay.to], body);
}

/** A letter that came on paper: the page is a PDF beside a short document. */
function referral(room: Room, visit: Visit, names: readonly string[]): Content[] {
  const main = document(
    room,
    kinds.referral,
    visit.place,
    visit.day,
    [visit.day, visit.day],
    section("42349-1", "紹介目的", paragraph("精査と治療方針のご相談。")) + section("11450-4", "傷病名", list(told(names))),
  );
  return [main, { ...main, file: "letter.pdf", text: page(`Referral letter ${room.record.facility.code} (synthetic)`) }];
}

/** One page of ASCII text as a PDF. */
function page(text: string): string {
  const drawn = `BT /F1 14 Tf 72 760 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let out = "%PDF-1.4\n";
  const starts = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  return `${out}xref\n0 6\n0000000000 65535 f \n${starts.join("")}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`;
}

/** ORU^R30 of one day, a set at each of these hours. */
function measured({ person, record, from, order }: Room, place: Place, day: string, hours: readonly number[]): Content[] {
  const key = order();
  const stamp = stampOn(day, from, 21);
  const rows = hours.flatMap((hour) => {
    const at = `${day}${String(hour).padStart(2, "0")}00`;
    return [
      ["9A751000000000001^収縮期血圧（1回目）^JC10", from.decimal(104, 158, 0), "mm(hg)^mmHg^ISO+", at],
      ["9A761000000000001^拡張期血圧（1回目）^JC10", from.decimal(58, 94, 0), "mm(hg)^mmHg^ISO+", at],
      ["9P300000000000001^脈拍^JC10", from.decimal(56, 112, 0), "(hb)^回／１分^ISO+", at],
      ["9P200000000000001^呼吸数^JC10", from.decimal(12, 24, 0), "/min^回／１分^ISO+", at],
      ["9P10000000000001^体温^JC10", from.decimal(35.8, 38.4, 1), "cel^℃^ISO+", at],
      [`V06^ＳｐＯ２^99${record.facility.mark}09`, from.decimal(91, 99, 0), "%", at],
    ] as const;
  });
  const segments = [
    msh(record, "ORU^R30", stamp),
    pid(person, record, false),
    pv1(place),
    orc(record, place, key, stamp, { 1: "SC", 5: "CM" }),
    seg("OBR", { 1: "1", 2: key, 4: `01^バイタル^99${record.facility.mark}10`, 7: `${day}0600`, 16: place.doctor }),
    ...rows.map(([test, value, unit, at], i) => seg("OBX", { 1: String(i + 1), 2: "NM", 3: test, 5: value, 6: unit, 11: "F", 14: at })),
  ];
  const text = segments.join("\r") + (record.facility.ending || "\r");
  return [
    {
      day,
      type: "L-OBSERVATIONS^OBSERVATIONS^99ZL01",
      key,
      stamp,
      department: place.department.code,
      file: "main_document.hl7",
      text,
      charset: "jis",
    },
  ];
}
