import { createHash } from "node:crypto";
import type { Attachment, CarePlan, Composition, CompositionSection, DocumentReference, Flag, Resource } from "@medplum/fhirtypes";
import type { Concept, DocumentRecord } from "../../record/record.ts";
import { readEmptySection } from "./absence.ts";
import { plainText } from "./narrative.ts";
import type { Reading } from "./reading.ts";
import { isType } from "./references.ts";
import { conceptOf, dateOf, hasCode, labelOf, startOf } from "./values.ts";

type Section = DocumentRecord["sections"][number];

const kinds: Readonly<Record<string, DocumentRecord["what"]>> = {
  "57133-1": "referral",
  "18842-5": "dischargeSummary",
  "11490-0": "dischargeSummary",
  "28655-9": "dischargeSummary",
  "11506-3": "progressNote",
  "34131-3": "outpatientNote",
  "34108-1": "outpatientNote",
  "56447-6": "plan",
  "18776-5": "plan",
  JPGCHKUP01: "checkup",
  "53576-5": "checkup",
};

export function documentKind(type: Concept | null): DocumentRecord["what"] {
  return (type?.codings ?? []).flatMap(({ code }) => kinds[code] ?? [])[0] ?? "other";
}

/**
 * The written document: its sections as text, and of those without entries why. If anything it holds has not been told to the patient,
 * neither has the document, whose words may say the same.
 */
export function readComposition(one: Composition, reading: Reading): void {
  const sections: Section[] = [];
  const held: Resource[] = [];
  const attachments: Attachment[] = [];
  const walk = (list: readonly CompositionSection[] | undefined): void => {
    for (const section of list ?? []) {
      const text = plainText(section.text?.div ?? "");
      const title = section.title ?? labelOf(section.code);
      if (text !== "") sections.push({ code: conceptOf(section.code), title, text });
      readEmptySection(section, one, reading);
      for (const entry of section.entry ?? []) {
        const found = reading.references.find(entry, one);
        if (found === null) continue;
        held.push(found);
        if (isType(found, "DocumentReference")) attachments.push(...found.content.map((content) => content.attachment));
      }
      walk(section.section);
    }
  };
  walk(one.section);
  const type = conceptOf(one.type);
  // The text of a patient summary is made from its entries, which are read: it would only say everything twice.
  const patientSummary = hasCode(one.type, "http://loinc.org", "60591-5");
  const generated = (one.section ?? []).every(
    ({ text, entry, emptyReason }) => text?.status === "generated" && (entry !== undefined || emptyReason !== undefined),
  );
  if (patientSummary && generated) return;
  reading.add({
    ...reading.base(one, dateOf(one.date), ...held, ...reading.references.entries.map(({ resource }) => resource)),
    kind: "document",
    what: documentKind(type),
    type: type ?? { text: "", codings: [] },
    title: one.title,
    author: [...new Set(one.author.map((author) => reading.nameOf(author, one)))].filter(Boolean).join(" "),
    department: reading.nameOf(one.custodian, one),
    sections,
    attachments: attachmentsOf(attachments),
    identifier: one.identifier?.value ?? "",
    ...(one.confidentiality === "R" || one.confidentiality === "V" ? { confidentiality: one.confidentiality } : {}),
  });
}

/** A document that is attached or lies elsewhere: its text where it is text, else its name and size. */
export function readDocumentReference(one: DocumentReference, reading: Reading): void {
  if (one.status === "entered-in-error" || one.status === "superseded") {
    reading.raw(one);
    return;
  }
  const type = conceptOf(one.type);
  const attached = one.content.map(({ attachment }) => attachment);
  const description = one.description?.trim() ?? "";
  const texts = textsOf(attached);
  reading.add({
    ...reading.base(one, dateOf(one.date) ?? startOf(one.context?.period) ?? dateOf(attached[0]?.creation)),
    kind: "document",
    what: documentKind(type),
    type: type ?? { text: "", codings: [] },
    title: attached[0]?.title ?? (description || (type?.text ?? "")),
    author: reading.nameOf(one.author?.[0], one),
    department: reading.nameOf(one.custodian, one) || labelOf(one.context?.practiceSetting),
    sections: description === "" || texts.length > 0 ? texts : [{ code: null, title: "", text: description }],
    attachments: attachmentsOf(attached),
    identifier: one.masterIdentifier?.value ?? one.identifier?.[0]?.value ?? one.id ?? "",
  });
}

/** What is planned, and what staff are warned of: read as short documents, so that they are seen. */
export function readCarePlan(one: CarePlan, reading: Reading): void {
  const details = (one.activity ?? []).flatMap(({ detail }) => [labelOf(detail?.code), detail?.description ?? ""]);
  const text = [one.description ?? "", ...details, reading.notes(one.note), plainText(one.text?.div ?? "")].filter(Boolean).join("\n");
  if (text === "" || one.status === "entered-in-error" || one.status === "revoked") {
    reading.raw(one);
    return;
  }
  reading.add(
    shortDocument(
      one,
      reading,
      "plan",
      one.title ?? labelOf(one.category?.[0]),
      text,
      dateOf(one.created) ?? startOf(one.period),
      one.author,
    ),
  );
}

export function readFlag(one: Flag, reading: Reading): void {
  if (one.status !== "active") {
    reading.raw(one);
    return;
  }
  reading.add(
    shortDocument(
      one,
      reading,
      "other",
      `注意 ${(one.category ?? []).map(labelOf).join(" ")}`.trim(),
      labelOf(one.code),
      startOf(one.period),
      one.author,
    ),
  );
}

function shortDocument(
  one: CarePlan | Flag,
  reading: Reading,
  what: DocumentRecord["what"],
  title: string,
  text: string,
  date: string | null,
  author: CarePlan["author"],
): DocumentRecord {
  return {
    ...reading.base(one, date),
    kind: "document",
    what,
    type: { text: title, codings: [] },
    title,
    author: reading.nameOf(author, one),
    department: "",
    sections: [{ code: null, title: "", text }],
    attachments: [],
    identifier: one.identifier?.[0]?.value ?? one.id ?? "",
  };
}

const bytesOf = (attachment: Attachment): Buffer | null => (attachment.data === undefined ? null : Buffer.from(attachment.data, "base64"));

export function attachmentsOf(sent: readonly Attachment[]): DocumentRecord["attachments"] {
  return sent.flatMap((attachment) => {
    const bytes = bytesOf(attachment);
    if (bytes !== null && isText(attachment)) return [];
    if (bytes === null && attachment.url === undefined) return [];
    return [
      {
        name: attachment.title ?? attachment.url ?? "",
        type: attachment.contentType ?? "",
        size: bytes?.length ?? attachment.size ?? 0,
        hash: bytes === null ? "" : createHash("sha256").update(bytes).digest("base64url"),
      },
    ];
  });
}

const isText = ({ contentType = "" }: Attachment): boolean => /^text\/(?:plain|html)/i.test(contentType);

/** Texts that come with it, each a section; what is not UTF-8 stays an attachment's bytes at the hub, with a sign in its text. */
export function textsOf(sent: readonly Attachment[]): readonly Section[] {
  return sent.flatMap((attachment) => {
    const bytes = bytesOf(attachment);
    if (bytes === null || !isText(attachment)) return [];
    const text = new TextDecoder(
      /charset="?([\w-]+)/i.exec(attachment.contentType ?? "")?.[1]?.toLowerCase() === "shift_jis" ? "shift_jis" : "utf-8",
    ).decode(bytes);
    return [{ code: null, title: attachment.title ?? "", text: /html/i.test(attachment.contentType ?? "") ? plainText(text) : text }];
  });
}
