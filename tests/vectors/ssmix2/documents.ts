import type { FileIdentity } from "../../../src/hub/record/record.ts";
import { facility, msh, pid, pidSegment, pv1In } from "./build.ts";

export const folders = {
  summary: "D01^退院時要約^99ZZZ^18842-5^退院時サマリー^LN",
  note: "^経過記録^^11506-3^経過記録^LN",
  outpatient: "^外来記録^^34108-1^外来診療録^LN",
  referral: "^紹介状^^57133-1^紹介状^LN",
  vitals: "L-OBSERVATIONS^OBSERVATIONS^99ZL01",
  jspeed: "L-JSPEED^災害時JSPEED記録^99ZL01^74465-6^災害時JSPEED記録^LN",
  local: "X_9^院内書式_同意書^99ZZZ",
} as const;

/** A file of a content, as its path would give it. */
export function contentFile(
  type: string,
  name = "main_document.xml",
  over: Partial<Pick<FileIdentity, "pid" | "day" | "orderNo" | "stamp" | "flag">> = {},
): FileIdentity {
  const file = {
    facility,
    pid,
    day: "20260715",
    orderNo: "DOC1",
    stamp: "20260715110000000",
    department: "01",
    flag: "1",
    ...over,
  } as const;
  const content = `${file.pid}_${file.day}_${type}_${file.orderNo}_${file.stamp}_01_${file.flag}`;
  return { ...file, type, name: name === "" ? content : `${content}/${name}` };
}

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, "utf8"));

export const section = (code: string, title: string, text: string, more = ""): string =>
  `<component><section><code code="${code}" codeSystem="2.16.840.1.113883.6.1" displayName="${title}"/><title>${title}</title><text>${text}</text>${more}</section></component>`;

/** A CDA R2 document of the plainly synthetic person. */
export function cda(
  body: string,
  {
    code = "18842-5",
    name = "退院時サマリー",
    id = pid as string,
    head = "",
    encoding = "UTF-8",
    stay = '<low value="20260701"/><high value="20260715"/>',
  } = {},
): string {
  return `<?xml version="1.0" encoding="${encoding}"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <id root="1.2.3" extension="77"/>
  <code code="${code}" codeSystem="2.16.840.1.113883.6.1" displayName="${name}"/>
  <title>${name}</title>
  <effectiveTime value="20260715113000+0900"/>
  ${head}
  <recordTarget><patientRole><id root="1.2.392.100495.20.3.51.11310000001" extension="${id}"/><patient><name>灯台 花子</name></patient></patientRole></recordTarget>
  <author><time value="20260715"/><assignedAuthor><id extension="110"/><assignedPerson><name use="IDE"><family>見本</family> <given>一郎</given></name></assignedPerson>
    <representedOrganization><name>内科</name></representedOrganization></assignedAuthor></author>
  <custodian><assignedCustodian><representedCustodianOrganization><name>架空中央病院</name></representedCustodianOrganization></assignedCustodian></custodian>
  <documentationOf><serviceEvent classCode="ACCM"><effectiveTime>${stay}</effectiveTime></serviceEvent></documentationOf>
  <component><structuredBody>${body}</structuredBody></component>
</ClinicalDocument>
`;
}

/** ORU^R30 as bedside systems send it. */
export const vitals: readonly string[] = [
  msh("ORU^R30^ORU_R30"),
  pidSegment,
  pv1In,
  "ORC|SC|20260702||||||||||||||||01^内科^99XY1",
  "OBR|1|20260702||01^バイタル^99ABC|||202607020800",
  "OBX|1|NM|9A751000000000001^収縮期血圧（1回目）^JC10||148|mm(hg)^mmHg^ISO+|<130|H|||F|||202607020800",
  "OBX|2|NM|9A761000000000001^拡張期血圧（1回目）^JC10||92|mm(hg)^mmHg^ISO+|<85|H|||F|||202607020800",
  "OBX|3|NM|9P300000000000001^脈拍^JC10||104|(hb)^回／１分^ISO+|50-90|H|||F|||202607020800",
  "OBX|4|NM|9P200000000000001^呼吸数^JC10||22|/min^回／１分^ISO+|||||F|||202607020800",
  "OBX|5|NM|9P10000000000001^体温^JC10||38.4|cel^℃^ISO+|||||F|||202607020800",
  "OBX|6|NM|S01^ＳｐＯ２^99ABC||93|%|||||F|||202607020800",
  "OBX|7|ST|S02^ＪＣＳ^99ABC||I-1||||||F",
];

/** One disaster record as its CSV line; `marks`: positions in words of the item list that are 1. */
export function jspeedLine(fields: Readonly<Record<number, string>>, count: number): string {
  return Array.from({ length: count }, (_, i) => fields[i] ?? "").join(",");
}
