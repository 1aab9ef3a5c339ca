import type {
  CareLevel,
  Checkup,
  Device,
  Dialysis,
  Document,
  Image,
  Immunization,
  Infection,
  Pregnancy,
  Vital,
  Wish,
} from "../../../src/shared/summary/summary.ts";
import { coded, item } from "./fixtures.ts";

/** Items of the wider sections; every helper fills what a test does not name. */
export const document = (text: string, over: Partial<Document> = {}): Document => ({
  ...item,
  what: "progressNote",
  title: "見本記録",
  author: "見本医師",
  department: "内科",
  sections: [{ title: "本文", text }],
  attachments: [],
  ...over,
});

export const vital = (what: Vital["what"], value: string): Vital => ({ ...item, what, test: coded(what), value, unit: "" });

export const infection = (name: string, over: Partial<Infection> = {}): Infection => ({
  ...item,
  agent: coded(name),
  result: "positive",
  text: "(+)",
  ...over,
});

export const dialysis = (name: string): Dialysis => ({
  ...item,
  modality: coded(name),
  access: "",
  schedule: "月水金",
  dryWeight: { value: "50", unit: "kg" },
  place: "",
  details: [{ label: "血流量", value: "200" }],
});

export const device = (name: string, over: Partial<Device> = {}): Device => ({
  ...item,
  device: coded(name),
  site: "",
  status: "active",
  implanted: "2015-06-01",
  removed: null,
  maker: "",
  identifier: "",
  note: "",
  ...over,
});

export const immunization = (name: string): Immunization => ({ ...item, vaccine: coded(name), dose: "", given: true, note: "" });

export const wish = (text: string, over: Partial<Wish> = {}): Wish => ({
  ...item,
  what: "dnar",
  text,
  by: "本人",
  telephones: [],
  inForce: true,
  ...over,
});

export const pregnancy = (text: string): Pregnancy => ({ ...item, status: "unknown", due: null, text });

export const careLevel = (level: string): CareLevel => ({ ...item, level: coded(level), from: "2026-04-01", to: null });

export const checkup = (name: string, over: Partial<Checkup> = {}): Checkup => ({
  ...item,
  test: coded(name),
  value: "120",
  unit: "mg/dL",
  range: "",
  flag: "",
  ...over,
});

export const image = (description: string, over: Partial<Image> = {}): Image => ({
  ...item,
  studyUid: "1.2.3",
  accession: "A1",
  modalities: ["CT"],
  description,
  bodySite: "",
  department: "",
  series: [{ uid: "1.2.3.1", modality: "CT", description: "", instances: 20, drawable: true }],
  ...over,
});
