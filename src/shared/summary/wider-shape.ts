/** Shapes of the items of the sections beyond the core ones: the order of the keys here is the order of the bytes. */
import { coded, date, item, MAX_COUNT, MAX_SMALL, quantity, texts } from "./item-shape.ts";
import { flag, integer, list, object, oneOf, orNull, type Shape, text } from "./shape.ts";
import type { CareLevel, Checkup, Device, Dialysis, Document, Image, Immunization, Infection, Pregnancy, Vital, Wish } from "./wider.ts";

export const document: Shape<Document> = object({
  ...item,
  what: oneOf(["dischargeSummary", "progressNote", "outpatientNote", "referral", "checkup", "jspeed", "plan", "other"]),
  title: text,
  author: text,
  department: text,
  sections: list(object({ title: text, text }), MAX_SMALL),
  attachments: list(object({ name: text, type: text, size: integer(Number.MAX_SAFE_INTEGER) }), MAX_SMALL),
});

export const vital: Shape<Vital> = object({
  ...item,
  what: oneOf(["systolic", "diastolic", "pulse", "respiration", "temperature", "spo2", "consciousness", "height", "weight", "other"]),
  test: coded,
  value: text,
  unit: text,
});

export const infection: Shape<Infection> = object({
  ...item,
  agent: coded,
  result: oneOf(["positive", "negative", "unclear", "diagnosed"]),
  text,
});

export const dialysis: Shape<Dialysis> = object({
  ...item,
  modality: coded,
  access: text,
  schedule: text,
  dryWeight: orNull(quantity),
  place: text,
  details: list(object({ label: text, value: text }), MAX_SMALL),
});

export const device: Shape<Device> = object({
  ...item,
  device: coded,
  site: text,
  status: oneOf(["active", "removed", "unknown"]),
  implanted: orNull(date),
  removed: orNull(date),
  maker: text,
  identifier: text,
  note: text,
});

export const immunization: Shape<Immunization> = object({ ...item, vaccine: coded, dose: text, given: flag, note: text });

export const wish: Shape<Wish> = object({
  ...item,
  what: oneOf(["dnar", "treatmentLimit", "acp", "proxy", "donation", "other"]),
  text,
  by: text,
  telephones: texts,
  inForce: flag,
});

export const pregnancy: Shape<Pregnancy> = object({
  ...item,
  status: oneOf(["pregnant", "notPregnant", "postpartum", "breastfeeding", "unknown"]),
  due: orNull(date),
  text,
});

export const careLevel: Shape<CareLevel> = object({ ...item, level: coded, from: orNull(date), to: orNull(date) });

export const checkup: Shape<Checkup> = object({
  ...item,
  test: coded,
  value: text,
  unit: text,
  range: text,
  flag: oneOf(["HH", "H", "N", "L", "LL", "A", ""]),
});

export const image: Shape<Image> = object({
  ...item,
  studyUid: text,
  accession: text,
  modalities: texts,
  description: text,
  bodySite: text,
  department: text,
  series: list(object({ uid: text, modality: text, description: text, instances: integer(MAX_COUNT), drawable: flag }), MAX_SMALL),
});
