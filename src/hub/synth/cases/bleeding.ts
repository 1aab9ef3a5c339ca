/** Cases in which what was prescribed or put in decides the first minutes: bleeding, dialysis, insulin, steroid, pacemaker. */
import { type Case, discharge, drugs, soap, source, visit } from "./model.ts";

export const anticoagulant: Case = {
  key: "anticoagulant",
  title: { ja: "抗凝固薬を飲む人の頭部外傷", en: "Head injury under an anticoagulant" },
  joined: false,
  person: {
    family: ["灯台", "トウダイ"],
    given: ["茂", "シゲル"],
    sex: "M",
    born: "19460614",
    contact: { given: ["節子", "セツコ"], relation: ["SPO", "配偶者"] },
  },
  sources: [
    source("A", 9, {
      body: { height: "164.0", weight: "61.5", abo: "A", rh: "+" },
      problems: [
        { name: "心房細動", icd: "I489", since: 2900, main: true },
        { name: "狭心症", icd: "I209", since: 1460 },
        { name: "高血圧症", icd: "I10", since: 4100 },
      ],
      visits: [
        visit(65, "循環器内科", {
          drugs: drugs("warfarin 2.5 56", "bisoprolol 1 56", "amlodipine 1 56"),
          labs: { "PT-INR": "2.31", Cr: "0.98", eGFR: "55.8", K: "4.2", Hb: "12.9", Plt: "18.4" },
        }),
        visit(9, "循環器内科", {
          drugs: drugs("warfarin 3 56", "clopidogrel 1 56", "bisoprolol 1 56", "amlodipine 1 56", "rosuvastatin 1 56"),
          labs: { "PT-INR": "3.42", Cr: "1.12", eGFR: "48.2", K: "4.4", Na: "139", Hb: "12.1", Plt: "16.9", CRP: "0.11" },
          note: soap(
            "胸痛はない。歩くとふらつくことがある。",
            "血圧 138/76、脈拍 68 不整。",
            "心房細動、狭心症（ステント留置後）。PT-INR 3.42 と高め。",
            "ワーファリンは次回から減量を検討。転倒と出血に注意するよう説明した。",
          ),
        }),
      ],
      stay: {
        from: 1468,
        to: 1460,
        department: "循環器内科",
        summary: discharge("狭心症", "冠動脈にステントを留置。合併症なく独歩で退院。", "抗血小板薬と抗凝固薬を続ける。"),
      },
      beside: { surgery: [{ name: "経皮的冠動脈ステント留置術", code: "K549", ago: 1466, note: "左前下行枝" }] },
    }),
    source("B", 0, {
      problems: [
        { name: "頭部打撲傷", icd: "S000", since: 0, main: true },
        { name: "外傷性硬膜下血腫", icd: "S0650", since: 0, suspected: true },
      ],
      visits: [
        visit(0, "救急科", {
          labs: { "PT-INR": "3.61", Hb: "11.8", Plt: "16.2", glucose: "128", Cr: "1.10" },
          vitals: { at: "0140", systolic: "168", diastolic: "92", pulse: "58", respiration: "18", temperature: "36.4", spo2: "96" },
          note: soap(
            "自宅の階段で転倒し後頭部を打った。家族によれば 1 時間前から眠りがち。",
            "JCS I-2。後頭部に皮下血腫。瞳孔 右 3 mm、左 3 mm。",
            "頭部打撲傷。抗凝固薬内服中。外傷性硬膜下血腫の疑い。",
            "頭部 CT を至急。脳神経外科のある病院への転送を準備する。",
          ),
        }),
      ],
    }),
  ],
};

export const dialysis: Case = {
  key: "dialysis",
  title: { ja: "血液透析中の高カリウム血症", en: "Haemodialysis with high potassium" },
  joined: false,
  person: {
    family: ["架空", "カクウ"],
    given: ["節子", "セツコ"],
    sex: "F",
    born: "19550220",
    contact: { given: ["健一", "ケンイチ"], relation: ["CHD", "子"] },
  },
  sources: [
    source("C", 3, {
      body: { height: "152.0", weight: "50.1", abo: "O", rh: "+" },
      allergies: [
        {
          category: "MC",
          substance: "左上肢での採血・血圧測定（シャント肢）",
          reaction: "",
          severity: "",
          status: "C",
          onset: 2550,
          reported: 30,
        },
      ],
      problems: [
        { name: "末期腎不全", icd: "N180", since: 2600, main: true },
        { name: "血液透析", icd: "Z992", since: 2555 },
        { name: "腎性貧血", icd: "D638", since: 2555 },
      ],
      visits: [
        visit(31, "腎臓内科", {
          drugs: drugs("lanthanum 2 28", "cinacalcet 1 28", "amlodipine 1 28"),
          labs: { K: "5.4", Cr: "9.12", eGFR: "4.1", BUN: "61.3", Hb: "10.4", Na: "138" },
        }),
        visit(3, "腎臓内科", {
          drugs: drugs("lanthanum 3 28", "cinacalcet 1 28", "amlodipine 1 28", "aspirin 1 28"),
          labs: { K: "6.3", Cr: "10.48", eGFR: "3.5", BUN: "78.2", Hb: "9.6", Na: "136", CRP: "0.42", BNP: "612.0" },
          vitals: { at: "0905", systolic: "162", diastolic: "84", pulse: "76", temperature: "36.5", spo2: "95", weight: "50.9" },
          note: soap(
            "中 2 日で体重が 3 kg 増えた。息切れはない。",
            "透析前 血圧 162/84、体重 50.9 kg。左前腕内シャントのスリル良好。",
            "血液透析（火・木・土 午前、4 時間）。ドライウェイト 47.8 kg。カリウム 6.3。",
            "カリウム制限を再度説明。左腕で採血と血圧測定をしないこと。",
          ),
        }),
      ],
      beside: {
        dialysis: {
          modality: "血液透析（HD）",
          since: 2555,
          access: "左前腕 自己血管内シャント",
          schedule: "火・木・土 午前、4 時間",
          dryWeight: "47.8",
        },
        surgery: [{ name: "内シャント設置術", code: "K610-3", ago: 2580, note: "左前腕" }],
      },
    }),
  ],
};

export const insulin: Case = {
  key: "insulin",
  title: { ja: "インスリン治療中の意識障害", en: "Impaired consciousness under insulin" },
  joined: false,
  person: {
    family: ["見本", "ミホン"],
    given: ["陽子", "ヨウコ"],
    sex: "F",
    born: "19780923",
    contact: { given: ["浩", "ヒロシ"], relation: ["SPO", "配偶者"] },
  },
  sources: [
    source("D", 12, {
      body: { height: "158.4", weight: "49.0" },
      problems: [
        { name: "１型糖尿病", icd: "E109", since: 7300, main: true },
        { name: "低血糖症", icd: "E162", since: 200, until: 199 },
        { name: "甲状腺機能低下症", icd: "E039", since: 3000 },
      ],
      visits: [
        visit(40, "内科", { drugs: drugs("novorapid 5 28", "lantus 12 28", "levothyroxine 1 28"), labs: { HbA1c: "8.4", glucose: "212" } }),
        visit(12, "内科", {
          drugs: drugs("novorapid 6 28", "lantus 14 28", "levothyroxine 1 28"),
          labs: { HbA1c: "9.1", glucose: "58", Cr: "0.71", eGFR: "68.4", K: "4.1", Na: "140" },
          note: soap(
            "夜間の低血糖が週に 2 回ある。自覚のないまま夫に起こされた。",
            "随時血糖 58 mg/dL。",
            "１型糖尿病、無自覚低血糖。",
            "基礎インスリンは次回見直す。ブドウ糖を携帯すること。",
          ),
        }),
      ],
    }),
    source("A", 199, {
      problems: [{ name: "低血糖症", icd: "E162", since: 200, until: 199, main: true }],
      stay: {
        from: 200,
        to: 199,
        department: "内科",
        summary: discharge(
          "低血糖性昏睡、１型糖尿病",
          "自宅で昏睡となり救急搬送。血糖 22 mg/dL、ブドウ糖の静注で回復した。",
          "かかりつけで調整を続ける。",
        ),
      },
    }),
  ],
};

export const steroid: Case = {
  key: "steroid",
  title: { ja: "ステロイド長期内服中の発熱とショック", en: "Fever and shock under a long-term steroid" },
  joined: false,
  person: {
    family: ["灯台", "トウダイ"],
    given: ["美智子", "ミチコ"],
    sex: "F",
    born: "19510711",
    contact: { given: ["由美", "ユミ"], relation: ["CHD", "子"] },
  },
  sources: [
    source("B", 6, {
      body: { height: "150.2", weight: "46.3", abo: "AB", rh: "+" },
      problems: [
        { name: "関節リウマチ", icd: "M0690", since: 5200, main: true },
        { name: "続発性副腎皮質機能低下症", icd: "E274", since: 800 },
        { name: "骨粗鬆症", icd: "M8199", since: 2000 },
      ],
      visits: [
        visit(62, "内科", {
          drugs: drugs("prednisolone 2 56", "methotrexate 2 56", "alendronate 1 56"),
          labs: { Na: "137", CRP: "0.82", K: "4.4" },
        }),
        visit(6, "内科", {
          drugs: drugs("prednisolone 2 56", "methotrexate 2 56", "alendronate 1 56", "lansoprazole 1 56"),
          labs: { Na: "128", K: "5.1", CRP: "6.42", glucose: "68", Cr: "0.88", eGFR: "47.9", Hb: "10.9", WBC: "11800" },
          vitals: { at: "1010", systolic: "92", diastolic: "54", pulse: "108", temperature: "38.1", spo2: "95" },
          note: soap(
            "3 日前から発熱とだるさ。食事がとれず薬を 2 日飲んでいない。",
            "血圧 92/54、体温 38.1 度。",
            "続発性副腎皮質機能低下症。ステロイドの中断による副腎クリーゼに注意。",
            "発熱時と手術時はステロイドを増量する。自分の判断で中止しないこと。",
          ),
        }),
      ],
    }),
  ],
};

export const pacemaker: Case = {
  key: "pacemaker",
  title: { ja: "ペースメーカー植込み後の失神", en: "Syncope with a pacemaker" },
  joined: false,
  person: {
    family: ["見本", "ミホン"],
    given: ["勇", "イサム"],
    sex: "M",
    born: "19411203",
    contact: { given: ["久美子", "クミコ"], relation: ["CHD", "子"] },
  },
  sources: [
    source("A", 40, {
      body: { height: "166.5", weight: "58.0", abo: "B", rh: "+" },
      problems: [
        { name: "完全房室ブロック", icd: "I442", since: 1500, main: true },
        { name: "ペースメーカー植込み後", icd: "Z950", since: 1480 },
        { name: "心房細動", icd: "I489", since: 900 },
      ],
      visits: [
        visit(40, "循環器内科", {
          drugs: drugs("apixaban 1 56", "bisoprolol 1 56", "furosemide 1 56"),
          labs: { Cr: "1.21", eGFR: "43.6", K: "4.0", BNP: "186.0", Hb: "12.4" },
          note: soap(
            "立ちくらみはない。",
            "ペースメーカー点検：電池残 5 年、閾値良好、心室ペーシング 98 %。",
            "完全房室ブロック、自己心拍はほとんどない（ペースメーカー依存）。",
            "MRI は条件付き対応。撮影の前に機種と設定を確かめる。",
          ),
        }),
      ],
      beside: {
        surgery: [{ name: "ペースメーカー移植術（経静脈電極）", code: "K597", ago: 1480, note: "左前胸部" }],
        device: {
          name: "植込み型心臓ペースメーカー（DDD）",
          maker: "架空医療機器",
          model: "見本ペーサー DR-100",
          serial: "SAMPLE-000123",
          site: "左前胸部",
          since: 1480,
          note: "MRI 条件付き対応（1.5 テスラ、事前に設定変更が必要）。自己心拍なし",
        },
      },
    }),
  ],
};
