/** What a clinician must see of each named case (docs/cases.md). Words are compared after NFKC, since hospitals write letters wide or narrow. */
import type { SectionName } from "../../../src/shared/summary/summary.ts";

export interface Seen {
  /** On the danger strip: class, and words that its line (text and detail) has. */
  readonly strip: readonly (readonly [danger: string, ...words: string[]])[];
  /** How many lines the strip has in all: nothing else is claimed. */
  readonly lines: number;
  /** Sections with items, and words that stand in one item each. */
  readonly sections: Partial<Readonly<Record<SectionName, readonly string[]>>>;
  /** Words that identity warns of. */
  readonly conflicts?: readonly string[];
  /** Of the strip, how many lines the SS-MIX2 storage cannot bring by itself; sections it cannot fill. */
  readonly lost: { readonly lines: number; readonly sections: readonly SectionName[] };
}

const nothing = { lines: 0, sections: [] } as const;

export const seen: Readonly<Record<string, Seen>> = {
  anticoagulant: {
    strip: [
      ["anticoagulant", "ワルファリン", "1回量 3 錠"],
      ["antiplatelet", "クロピドグレル"],
      ["betaBlocker", "ビソプロロール"],
      ["implantedDevice", "ステント"],
    ],
    lines: 4,
    sections: {
      diagnoses: ["頭部打撲傷", "外傷性硬膜下血腫", "心房細動"],
      labs: ["3.61", "血小板数"],
      vitals: ["168", "92"],
      documents: ["1 時間前から眠りがち", "ステントを留置"],
      visits: ["2026-11-19"],
    },
    lost: { lines: 1, sections: ["devices", "procedures"] },
  },
  dialysis: {
    strip: [
      ["dialysis", "左前腕 自己血管内シャント", "火・木・土", "ドライウェイト 47.8 kg", "想定記念病院"],
      ["dialysis", "血液透析"],
      ["dialysis", "内シャント設置術"],
      ["antiplatelet", "バイアスピリン"],
    ],
    lines: 5,
    sections: {
      allergies: ["シャント肢"],
      dialysis: ["47.8", "火・木・土"],
      labs: ["6.3", "10.48"],
      documents: ["左腕で採血と血圧測定をしない"],
    },
    lost: { lines: 2, sections: ["procedures"] },
  },
  insulin: {
    strip: [
      ["insulin", "ノボラピッド", "1回量 6 単位", "1日量 18 単位"],
      ["insulin", "ランタス", "1日量 14 単位"],
    ],
    lines: 2,
    sections: { diagnoses: ["1型糖尿病", "低血糖症"], labs: ["9.1", "58"], documents: ["無自覚低血糖", "血糖 22 mg/dL"] },
    lost: nothing,
  },
  steroid: {
    strip: [
      ["systemicSteroid", "プレドニゾロン", "1日量 2 錠"],
      ["immunosuppressant", "メトトレキサート", "週1回"],
    ],
    lines: 2,
    sections: { diagnoses: ["続発性副腎皮質機能低下症"], labs: ["128", "6.42"], vitals: ["38.1"], documents: ["副腎クリーゼ"] },
    lost: nothing,
  },
  anaphylaxis: {
    strip: [
      ["allergy", "落花生", "重度", "アナフィラキシー"],
      ["allergy", "ペニシリン", "別の記録では解消・否定"],
    ],
    lines: 2,
    sections: { allergies: ["負荷試験で陰性"], medicines: ["エピペン", "筋肉内"], documents: ["アドレナリンの筋注で改善"] },
    lost: nothing,
  },
  pacemaker: {
    strip: [
      ["implantedDevice", "植込み型心臓ペースメーカー", "左前胸部", "DR-100", "MRI 条件付き"],
      ["implantedDevice", "ペースメーカー植込み後"],
      ["implantedDevice", "ペースメーカー移植術"],
      ["anticoagulant", "アピキサバン"],
      ["betaBlocker", "ビソプロロール"],
    ],
    lines: 5,
    sections: { devices: ["SAMPLE-000123", "MRI 条件付き"], diagnoses: ["完全房室ブロック"], documents: ["ペースメーカー依存"] },
    lost: { lines: 2, sections: ["procedures"] },
  },
  infant: {
    strip: [],
    lines: 0,
    sections: { diagnoses: ["低出生体重児"], vitals: ["3.98", "38.4", "168"], documents: ["出生体重 2284 g"], contacts: ["灯台 彩"] },
    lost: nothing,
  },
  pregnancy: {
    strip: [
      ["pregnancy", "妊娠中", "予定日 2027-01-19"],
      ["pregnancy", "切迫早産"],
      ["pregnancy", "妊娠"],
    ],
    lines: 3,
    sections: { pregnancy: ["2027-01-19"], registration: ["-"], documents: ["A 型 Rh 陰性"], medicines: ["ウテメリン"] },
    lost: { lines: 1, sections: ["pregnancy"] },
  },
  wishes: {
    strip: [
      ["wishes", "DNAR", "心肺蘇生、気管挿管、人工呼吸器の装着を希望しない"],
      ["homeOxygen", "在宅酸素療法"],
      ["opioid", "フェンタニル"],
      ["opioid", "モルヒネ"],
    ],
    lines: 4,
    sections: { wishes: ["苦痛を和らげる治療、酸素、点滴は希望する"], contacts: ["見本 静"], documents: ["心肺蘇生と気管挿管は行わない"] },
    lost: { lines: 1, sections: ["wishes"] },
  },
  conflicting: {
    strip: [
      ["anticoagulant", "ワルファリン", "1日量 1.5 錠"],
      ["anticoagulant", "ワルファリン", "1日量 2.5 錠"],
      ["digitalis", "ジゴキシン"],
      ["glucoseLowering", "メトホルミン"],
    ],
    lines: 4,
    sections: { medicines: ["ハルナール"], diagnoses: ["前立腺肥大症"], registration: ["O"] },
    conflicts: ["性別", "生年月日"],
    lost: nothing,
  },
  unknown: { strip: [], lines: 0, sections: { contacts: ["架空 正"] }, lost: nothing },
  polypharmacy: {
    strip: [
      ["allergy", "セフェム系"],
      ["anticoagulant", "エドキサバン"],
      ["antiplatelet", "バイアスピリン"],
      ["antiplatelet", "シロスタゾール"],
      ["insulin", "ノボラピッド"],
      ["insulin", "ランタス"],
      ["glucoseLowering", "エンパグリフロジン"],
      ["systemicSteroid", "プレドニゾロン"],
      ["immunosuppressant", "タクロリムス"],
      ["opioid", "トラマドール"],
      ["antiepileptic", "バルプロ酸"],
      ["digitalis", "ジゴキシン"],
      ["betaBlocker", "カルベジロール"],
      ["theophylline", "テオフィリン"],
    ],
    lines: 18,
    sections: { medicines: ["リクシアナ", "ツムラ抑肝散", "モーラステープ"], labs: ["5.2", "742"], diagnoses: ["アルツハイマー型認知症"] },
    lost: nothing,
  },
};
