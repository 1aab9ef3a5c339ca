/** Cases in which who it is decides: allergies that are and are not, an infant, a pregnancy, a wish, two hospitals that disagree, nothing known. */
import { type Case, discharge, drugs, soap, source, visit } from "./model.ts";

export const anaphylaxis: Case = {
  key: "anaphylaxis",
  title: { ja: "アナフィラキシーと、否定された古いアレルギー", en: "Anaphylaxis, and an old allergy since refuted" },
  joined: false,
  person: {
    family: ["架空", "カクウ"],
    given: ["健太", "ケンタ"],
    sex: "M",
    born: "19900427",
    contact: { given: ["舞", "マイ"], relation: ["SPO", "配偶者"] },
  },
  sources: [
    source("A", 300, {
      body: { height: "172.3", weight: "68.4" },
      allergies: [
        {
          category: "FA",
          substance: "落花生",
          reaction: "アナフィラキシー（血圧低下、喘鳴）",
          severity: "SV",
          status: "C",
          onset: 310,
          reported: 300,
        },
        {
          category: "DA",
          substance: "ペニシリン系抗菌薬",
          reaction: "幼児期の発疹。負荷試験で陰性、再投与で異常なし",
          severity: "MI",
          status: "R",
          onset: 12000,
          reported: 300,
        },
      ],
      problems: [
        { name: "食物によるアナフィラキシー", icd: "T780", since: 310, until: 308, main: true },
        { name: "気管支喘息", icd: "J459", since: 6000 },
      ],
      visits: [visit(300, "内科", { drugs: drugs("epipen 1 1") })],
      stay: {
        from: 310,
        to: 308,
        department: "内科",
        summary: discharge(
          "食物によるアナフィラキシー（落花生）",
          "菓子を食べて 15 分後に喘鳴と血圧低下。アドレナリンの筋注で改善した。",
          "エピペンを携帯。ペニシリン系は負荷試験陰性で、使ってよい。",
        ),
      },
    }),
    source("D", 5, {
      allergies: [{ category: "DA", substance: "ペニシリン系抗菌薬", reaction: "", severity: "", status: "", onset: "", reported: "" }],
      problems: [{ name: "気管支喘息", icd: "J459", since: 6000, main: true }],
      visits: [visit(5, "内科", { drugs: drugs("adoair 1 28", "montelukast 1 28", "salbutamol 1 5") })],
    }),
  ],
};

export const infant: Case = {
  key: "infant",
  title: { ja: "生後６週の発熱", en: "Fever at six weeks of age" },
  joined: false,
  person: {
    family: ["灯台", "トウダイ"],
    given: ["湊", "ミナト"],
    sex: "M",
    born: 43,
    contact: { given: ["彩", "アヤ"], relation: ["MTH", "母"] },
  },
  sources: [
    source("B", 2, {
      body: { height: "53.4", weight: "3.98" },
      problems: [
        { name: "低出生体重児", icd: "P071", since: 43, main: true },
        { name: "新生児一過性多呼吸", icd: "P221", since: 43, until: 39 },
      ],
      visits: [
        visit(2, "小児科", {
          labs: { CRP: "2.14", WBC: "15400", Hb: "11.9", glucose: "84" },
          vitals: { at: "2140", pulse: "168", respiration: "52", temperature: "38.4", spo2: "96", weight: "3.98" },
          note: soap(
            "今朝から 38 度の発熱。哺乳はいつもの半分。",
            "体重 3.98 kg。大泉門は平坦、活気やや乏しい。",
            "生後 6 週の発熱。重い細菌感染症を除外する。",
            "血液培養と尿検査を提出。24 時間以内に再診、悪ければ入院。",
          ),
        }),
      ],
      stay: {
        from: 43,
        to: 35,
        department: "小児科",
        summary: discharge(
          "低出生体重児、新生児一過性多呼吸",
          "在胎 36 週 2 日、出生体重 2284 g、帝王切開。酸素 3 日で呼吸は安定した。",
          "1 か月健診。発熱時は必ず受診。",
        ),
      },
    }),
  ],
};

export const pregnancy: Case = {
  key: "pregnancy",
  title: { ja: "妊娠３１週、Ｒｈ陰性の交通外傷", en: "Rh-negative pregnancy of 31 weeks, road injury" },
  joined: false,
  person: {
    family: ["架空", "カクウ"],
    given: ["結衣", "ユイ"],
    sex: "F",
    born: "19950812",
    contact: { given: ["大樹", "ダイキ"], relation: ["SPO", "配偶者"] },
  },
  sources: [
    source("C", 8, {
      body: { height: "159.1", weight: "60.2", abo: "A", rh: "-" },
      problems: [
        { name: "妊娠", icd: "Z349", since: 160, main: true },
        { name: "切迫早産", icd: "O600", since: 20 },
        { name: "鉄欠乏性貧血", icd: "D509", since: 60 },
      ],
      visits: [
        visit(8, "産婦人科", {
          drugs: drugs("ritodrine 1 14", "magnesium 1 14", "iron 1 28"),
          labs: { Hb: "9.8", Plt: "19.2", glucose: "92", CRP: "0.08" },
          vitals: { at: "1020", systolic: "118", diastolic: "70", pulse: "92", weight: "60.2" },
          note: soap(
            "腹部の張りは減った。",
            "妊娠 30 週 1 日。胎児心拍良好。",
            "切迫早産。血液型 A 型 Rh 陰性、不規則抗体は陰性。",
            "外傷や出血があれば抗 D 免疫グロブリンを検討する。",
          ),
        }),
      ],
      beside: { pregnancy: { text: "妊娠中", stated: 8, dueIn: 61 } },
    }),
  ],
};

export const wishes: Case = {
  key: "wishes",
  title: { ja: "心肺蘇生を望まない人の呼吸困難", en: "Breathlessness of somebody who wants no resuscitation" },
  joined: false,
  person: {
    family: ["見本", "ミホン"],
    given: ["清", "キヨシ"],
    sex: "M",
    born: "19360118",
    contact: { given: ["静", "シズ"], relation: ["SPO", "配偶者"] },
  },
  sources: [
    source("B", 4, {
      body: { height: "161.0", weight: "45.2" },
      problems: [
        { name: "肺癌", icd: "C349", since: 620, main: true },
        { name: "慢性閉塞性肺疾患", icd: "J449", since: 4000 },
        { name: "在宅酸素療法", icd: "Z998", since: 300 },
      ],
      visits: [
        visit(4, "内科", {
          drugs: drugs("fentanyl 1 14", "opso 1 10", "magnesium 1 28"),
          labs: { CRP: "7.90", Hb: "9.1", Na: "131", Cr: "0.62" },
          vitals: { at: "1430", systolic: "104", diastolic: "58", pulse: "98", respiration: "24", spo2: "90" },
          note: soap(
            "動くと苦しい。痛みはおさまっている。",
            "在宅酸素 2 L/分で SpO2 90 %。",
            "肺癌終末期。本人と妻、医師で話し合いを重ねた。",
            "心肺蘇生と気管挿管は行わない。苦痛を和らげる治療は続ける。",
          ),
        }),
      ],
      beside: {
        wish: {
          title: "DNAR（心肺蘇生を行わない）",
          text: "心肺蘇生、気管挿管、人工呼吸器の装着を希望しない。苦痛を和らげる治療、酸素、点滴は希望する。本人の意思、妻と主治医が同席。",
          ago: 45,
        },
      },
    }),
  ],
};

export const conflicting: Case = {
  key: "conflicting",
  title: { ja: "二つの病院の記録が食い違う", en: "Two hospitals that disagree" },
  joined: true,
  person: {
    family: ["灯台", "トウダイ"],
    given: ["薫", "カオル"],
    sex: "F",
    born: "19480305",
    contact: { given: ["進", "ススム"], relation: ["SIB", "兄弟姉妹"] },
  },
  sources: [
    source("A", 7, {
      body: { height: "151.0", weight: "52.0", abo: "A", rh: "+" },
      problems: [
        { name: "心房細動", icd: "I489", since: 2000, main: true },
        { name: "２型糖尿病", icd: "E119", since: 3000 },
      ],
      visits: [
        visit(7, "循環器内科", {
          drugs: drugs("warfarin 2.5 28", "digoxin 1 28", "metformin 2 28"),
          labs: { "PT-INR": "2.20", Cr: "0.90" },
        }),
      ],
    }),
    source("B", 3, {
      sex: "M",
      birth: "19480503",
      body: { height: "168.0", weight: "66.0", abo: "O", rh: "+" },
      problems: [
        { name: "心房細動", icd: "I489", since: 1800, main: true },
        { name: "前立腺肥大症", icd: "N40", since: 900 },
      ],
      visits: [visit(3, "循環器内科", { drugs: drugs("warfarin 1.5 28", "tamsulosin 1 28"), labs: { "PT-INR": "1.45", Cr: "1.31" } })],
    }),
  ],
};

export const unknown: Case = {
  key: "unknown",
  title: { ja: "登録だけで何もわからない", en: "Registered, and nothing else known" },
  joined: false,
  person: {
    family: ["架空", "カクウ"],
    given: ["修", "オサム"],
    sex: "M",
    born: "19700530",
    contact: { given: ["正", "タダシ"], relation: ["SIB", "兄弟姉妹"] },
  },
  sources: [source("D", 420, {})],
};
