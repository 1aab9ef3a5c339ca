import type { ClinicalDate, Coding, Concept, DocumentRecord, WarningCode } from "../../../record/record.ts";
import { parseDate } from "../date.ts";
import type { Report } from "../report.ts";
import { bounded } from "./bounded.ts";
import { identifierOf } from "./content.ts";
import { readJspeed } from "./jspeed.ts";
import { kindOf } from "./kind.ts";
import { type Attachment, attachmentOf } from "./media.ts";
import { narrative } from "./narrative.ts";
import { at, attribute, child, children, type Element, textOf } from "./xml.ts";

type Section = DocumentRecord["sections"][number];

/** Names of code systems by OID, as SS-MIX2 abbreviates them. */
const systems: Readonly<Record<string, string>> = { "2.16.840.1.113883.6.1": "LN", "1.2.392.200119.5.3.1": "JMIX" };

/**
 * CDA R2 → one document: title, author, department, sections as plain text. Whose it is must be told: an identifier of
 * `recordTarget` that is not the path's PID means another person's document, which is never read (`pid-differs`).
 */
export function readCda(root: Element, report: Report): WarningCode | null {
  const refused = checkTarget(root, report);
  if (refused !== null) return refused;
  const code = concept(child(root, "code"));
  const kind = kindOf(report.file.type, code?.codings ?? []);
  const service =
    at(root, "documentationOf", "serviceEvent", "effectiveTime") ?? at(root, "componentOf", "encompassingEncounter", "effectiveTime");
  const body = child(root, "component");
  const embedded: Attachment[] = [];
  const own = bounded([...stayOf(kind.what, service), ...sectionsOf(body, embedded, report)], report);
  const jspeed =
    own.some(({ code }) => code?.codings.some((one) => one.code === "77599-9")) && own.some((one) => /"?JPN\+1[.\d]*"?\s*$/.test(one.text));
  const what = jspeed ? "jspeed" : kind.what;
  const sections = what === "jspeed" ? own.flatMap((section) => readJspeed(section, report)) : own;
  if (sections.length === 0 && embedded.length === 0) report.say("segment-missing", "ClinicalDocument", "component");
  report.records.push({
    kind: "document",
    date: dateOf(what, child(root, "effectiveTime"), service, report),
    segment: "ClinicalDocument",
    what,
    type: kind.type,
    title: plain(child(root, "title")) || kind.type.text,
    author: authorsOf(root),
    department: departmentOf(root),
    sections,
    attachments: embedded,
    identifier: identifierOf(report.file),
    ...confidentialityOf(root),
  });
  return null;
}

function checkTarget(root: Element, report: Report): WarningCode | null {
  const roles = children(root, "recordTarget").map((target) => child(target, "patientRole"));
  const ids = roles.map((role) =>
    children(role, "id")
      .map((id) => attribute(id, "extension"))
      .filter((id) => id !== ""),
  );
  // Every patient that the document names must be this one.
  if (ids.length > 0 && ids.every((own) => own.includes(report.file.pid))) return null;
  const code = ids.flat().length === 0 ? "field-missing" : "pid-differs";
  report.say(code, "recordTarget", "id", ids.flat().join(" "));
  return code;
}

/** How long the stay was that a discharge summary is about. */
function stayOf(what: DocumentRecord["what"], service: Element | null): Section[] {
  const [low, high] = [timeOf(child(service, "low")), timeOf(child(service, "high"))];
  if (what !== "dischargeSummary" || (low === null && high === null)) return [];
  return [{ code: null, title: "入院期間", text: `${low?.slice(0, 10) ?? ""} 〜 ${high?.slice(0, 10) ?? ""}`.trim() }];
}

const timeOf = (element: Element | null): ClinicalDate | null => parseDate(attribute(element, "value")).date;

/** A note is of the time it is about, every other document of the time it was written. */
function dateOf(what: DocumentRecord["what"], written: Element | null, service: Element | null, report: Report): ClinicalDate | null {
  const sent = attribute(written, "value");
  if (sent !== "" && !parseDate(sent).sound) report.say("date-malformed", "effectiveTime", "value", sent);
  const about = timeOf(child(service, "low")) ?? timeOf(service);
  const isNote = what === "progressNote" || what === "outpatientNote";
  return (isNote ? (about ?? timeOf(written)) : (timeOf(written) ?? about)) ?? report.day;
}

/** All authors that are persons, each once; the ideographic name where several are given. */
function authorsOf(root: Element): string {
  const names = children(root, "author").map((author) => nameOf(at(author, "assignedAuthor", "assignedPerson")));
  return [...new Set(names.filter((name) => name !== ""))].join("、");
}

function nameOf(person: Element | null): string {
  const names = children(person, "name");
  const name = names.find((one) => /IDE/.test(attribute(one, "use"))) ?? names[0] ?? null;
  return textOf(name).replace(/\s+/g, " ").trim();
}

/** The unit that answers for the encounter, else the author's; a hospital's own name is no department. */
function departmentOf(root: Element): string {
  const responsible = at(root, "componentOf", "encompassingEncounter", "responsibleParty", "assignedEntity", "representedOrganization");
  const represented = at(root, "author", "assignedAuthor", "representedOrganization");
  const hospital = plain(at(root, "custodian", "assignedCustodian", "representedCustodianOrganization", "name"));
  const said = [responsible, represented].map((one) => plain(child(one, "name"))).find((name) => name !== "" && name !== hospital);
  return said ?? attribute(at(root, "author", "assignedAuthor", "code"), "displayName");
}

/** As sent: N normal says nothing. */
function confidentialityOf(root: Element): { confidentiality?: string } {
  const code = attribute(child(root, "confidentialityCode"), "code");
  return code === "" || code === "N" ? {} : { confidentiality: code };
}

function sectionsOf(body: Element | null, embedded: Attachment[], report: Report): Section[] {
  const structured = children(child(body, "structuredBody"), "component").flatMap((one) =>
    children(one, "section").flatMap((section) => sectionOf(section, embedded, report)),
  );
  const unstructured = at(body, "nonXMLBody", "text");
  if (unstructured === null) return structured;
  if (attribute(unstructured, "representation") === "B64") embed("nonXMLBody", unstructured, embedded, report);
  else structured.push({ code: null, title: "", text: narrative(unstructured) });
  return structured;
}

/** A section, then those inside it. One that has only machine-read entries is said, since a person would miss it. */
function sectionOf(section: Element, embedded: Attachment[], report: Report): Section[] {
  const code = concept(child(section, "code"));
  const block = child(section, "text");
  const text = block === null ? "" : narrative(block);
  const title = plain(child(section, "title")) || (code?.text ?? "");
  const inner = children(section, "component").flatMap((one) => children(one, "section"));
  if (text === "" && inner.length === 0) report.say("field-missing", "section", "text", title);
  for (const entry of children(section, "entry")) media(entry, embedded, report);
  const own = text === "" && (inner.length > 0 || title === "") ? [] : [{ code, title, text }];
  return [...own, ...inner.flatMap((one) => sectionOf(one, embedded, report))];
}

/** Pictures and files that stand inside the document itself. */
function media(element: Element, embedded: Attachment[], report: Report): void {
  for (const one of element.children) {
    if (typeof one === "string") continue;
    const value = one.name === "observationMedia" ? child(one, "value") : null;
    if (value !== null && attribute(value, "representation") === "B64")
      embed(attribute(one, "ID") || "observationMedia", value, embedded, report);
    else media(one, embedded, report);
  }
}

function embed(name: string, element: Element, embedded: Attachment[], report: Report): void {
  const sent = textOf(element).replace(/\s+/g, "");
  const bytes = Buffer.from(sent, "base64");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(sent)) report.say("escape-malformed", name, "representation");
  embedded.push(attachmentOf(name, bytes, attribute(element, "mediaType") || undefined));
}

const plain = (element: Element | null): string => textOf(element).replace(/\s+/g, " ").trim();

/** CD: code, displayName, codeSystem; further codings in its translations. */
function concept(element: Element | null): Concept | null {
  if (element === null) return null;
  const codings = [element, ...children(element, "translation")].map(coding).filter((one) => one.code !== "");
  const text = codings.find((one) => one.text !== "")?.text || plain(child(element, "originalText")) || (codings[0]?.code ?? "");
  return text === "" ? null : { text, codings };
}

function coding(element: Element): Coding {
  const oid = attribute(element, "codeSystem");
  return {
    code: attribute(element, "code"),
    text: attribute(element, "displayName"),
    system: systems[oid] ?? (attribute(element, "codeSystemName") || oid),
  };
}
