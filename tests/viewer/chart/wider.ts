/** The sections beyond the core ones of the same synthetic person; each holds what its drawing must not get wrong. */
import type { Sections } from "../../../src/shared/summary/summary.ts";
import { documents } from "./documents.ts";
import { checkup, coded, device, image, infection, item, section, vital, wish } from "./parts-wider.ts";

export const widerSections: Pick<
  Sections,
  | "documents"
  | "vitals"
  | "infections"
  | "dialysis"
  | "devices"
  | "immunizations"
  | "wishes"
  | "pregnancy"
  | "careLevel"
  | "checkups"
  | "images"
> = {
  documents: section(documents),
  vitals: section([
    vital("systolic", "148", "mmHg"),
    vital("diastolic", "86", "mmHg"),
    vital("pulse", "92", "/min"),
    vital("temperature", "36.0", "℃"),
    vital("spo2", "97", "%"),
    vital("consciousness", "JCS 0", ""),
    vital("systolic", "132", "mmHg", { source: 2, date: "2026-08-06" }),
  ]),
  infections: section([
    infection("HBs抗原", "negative", { date: "2026-05-01" }),
    infection("MRSA（鼻腔）", "positive", { date: "2026-03-14", text: "監視培養" }),
    infection("HCV抗体", "unclear", { date: null, text: "判定保留" }),
    infection("肺結核", "diagnosed", { date: "2009", text: "治療歴あり" }),
  ]),
  dialysis: section([
    {
      ...item,
      modality: coded("血液透析（HD）"),
      access: "左前腕 自己血管内シャント",
      schedule: "月・水・金 午前 4時間",
      dryWeight: { value: "56.50", unit: "kg" },
      place: "架空透析クリニック",
      details: [{ label: "抗凝固薬", value: "ナファモスタットメシル酸塩" }],
    },
  ]),
  devices: section([
    device("植込み型除細動器（CRT-D）", "active", {
      site: "左前胸部",
      implanted: "2022-04-18",
      maker: "架空メディカル",
      identifier: "SN-000123",
      note: "条件付きMRI対応",
    }),
    device("中心静脈ポート", "removed", { site: "右鎖骨下", implanted: "2019-02", removed: "2020-07-01" }),
    device("右人工股関節", "unknown", { site: "右股関節" }),
  ]),
  immunizations: section([
    { ...item, date: "2025-11-02", vaccine: coded("インフルエンザHAワクチン"), dose: "0.5 mL", given: true, note: "" },
    { ...item, date: "2025-10-01", vaccine: coded("新型コロナワクチン"), dose: "", given: false, note: "本人が希望しない" },
  ]),
  wishes: section([
    wish("dnar", "心肺停止時の胸骨圧迫・除細動・気管挿管を希望しない", { date: "2026-08-01", by: "本人（主治医 見本 花子 が記録）" }),
    wish("proxy", "長女が代理で判断する", { by: "灯台 はな", telephones: ["000-0000-2222"] }),
    wish("dnar", "延命治療を希望しない", { date: "2021-02-10", inForce: false }),
  ]),
  pregnancy: section([]),
  careLevel: section([{ ...item, level: coded("要介護3"), from: "2025-04-01", to: "2027-03-31" }]),
  checkups: section([
    checkup("収縮期血圧", "151", { unit: "mmHg", range: "130 未満", flag: "H" }),
    checkup("HbA1c", "7.9", { unit: "%", range: "5.6 未満", flag: "HH" }),
  ]),
  images: section([
    image(["CT"], "頭部単純CT", { series: [series("CT", "AXIAL 5mm", 32, true), series("SR", "Dose Report", 1, false)] }),
    image(["MR"], "頭部MRI", { date: "2025-01-15", source: 2, series: [] }),
  ]),
};

function series(modality: string, description: string, instances: number, drawable: boolean) {
  return { uid: `1.2.392.0.9999.${instances}`, modality, description, instances, drawable };
}
