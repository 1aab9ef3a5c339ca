/** Parts of synthetic people beyond the core sections: each test changes what it is about. */
import type { Checkup, Device, Document, Image, Infection, Vital, Wish } from "../../../src/shared/summary/summary.ts";
import { coded, item } from "./parts.ts";

export { coded, item, section } from "./parts.ts";

export function writing(what: Document["what"], title: string, text: string, more: Partial<Document> = {}): Document {
  return { ...item, what, title, author: "見本 花子", department: "循環器内科", sections: [{ title: "", text }], attachments: [], ...more };
}

export function vital(what: Vital["what"], value: string, unit: string, more: Partial<Vital> = {}): Vital {
  return { ...item, date: "2026-11-12T08:35", what, test: coded(what), value, unit, ...more };
}

export function infection(agent: string, result: Infection["result"], more: Partial<Infection> = {}): Infection {
  return { ...item, agent: coded(agent), result, text: "", ...more };
}

export function device(name: string, status: Device["status"], more: Partial<Device> = {}): Device {
  return { ...item, device: coded(name), site: "", status, implanted: null, removed: null, maker: "", identifier: "", note: "", ...more };
}

export function wish(what: Wish["what"], text: string, more: Partial<Wish> = {}): Wish {
  return { ...item, what, text, by: "", telephones: [], inForce: true, ...more };
}

export function checkup(test: string, value: string, more: Partial<Checkup> = {}): Checkup {
  return { ...item, date: "2026-06-03", test: coded(test), value, unit: "", range: "", flag: "", ...more };
}

export function image(modalities: readonly string[], description: string, more: Partial<Image> = {}): Image {
  return {
    ...item,
    studyUid: "1.2.392.0.9999.1",
    accession: "A1",
    modalities,
    description,
    bodySite: "頭部",
    department: "放射線科",
    series: [],
    ...more,
  };
}
