/** Sixty current medicines of four hospitals: what a page must carry without losing a line. */
import { type Case, drugs, soap, source, visit } from "./model.ts";

const cardiology = drugs(
  ..."edoxaban aspirin carvedilol digoxin furosemide spironolactone tolvaptan entresto rosuvastatin nitroglycerin vonoprazan aspara febuxostat amlodipine magnesium iron".split(
    " ",
  ),
);
const medical = drugs(
  ..."lantus novorapid metformin sitagliptin empagliflozin acarbose levothyroxine uniphyl adoair salbutamol montelukast fexofenadine lansoprazole rebamipide mecobalamin".split(
    " ",
  ),
);
const surgical = drugs(
  ..."prednisolone-g tacrolimus alendronate eldecalcitol ketoprofen loxoprofen tramadol tamsulosin mirabegron cilostazol steroid-ointment heparinoid timolol-eye latanoprost telmisartan".split(
    " ",
  ),
);
const clinic = drugs(
  ..."levetiracetam valproate donepezil memantine yokukansan shakuyaku kakkonto acetaminophen olmesartan atorvastatin mesalazine lanthanum cinacalcet fluorometholone".split(
    " ",
  ),
);

export const polypharmacy: Case = {
  key: "polypharmacy",
  title: { ja: "四つの病院から６０の薬", en: "Sixty medicines from four hospitals" },
  joined: false,
  person: {
    family: ["見本", "ミホン"],
    given: ["富美", "フミ"],
    sex: "F",
    born: "19390909",
    contact: { given: ["明美", "アケミ"], relation: ["CHD", "子"] },
  },
  sources: [
    source("A", 5, {
      body: { height: "147.5", weight: "51.8", abo: "O", rh: "+" },
      allergies: [
        { category: "DA", substance: "セフェム系抗菌薬", reaction: "全身の発疹", severity: "MO", status: "C", onset: 3200, reported: 400 },
      ],
      problems: [
        { name: "慢性心不全", icd: "I500", since: 1900, main: true },
        { name: "心房細動", icd: "I489", since: 1900 },
        { name: "高血圧症", icd: "I10", since: 7000 },
        { name: "高尿酸血症", icd: "E790", since: 3000 },
      ],
      visits: [
        visit(5, "循環器内科", {
          drugs: cardiology,
          labs: { Cr: "1.48", eGFR: "26.4", K: "5.2", Na: "133", BNP: "742.0", Hb: "10.1", Plt: "17.1" },
          note: soap(
            "足のむくみが増えた。",
            "体重が 1 週で 1.6 kg 増。",
            "慢性心不全の増悪。腎機能低下。",
            "利尿薬を調整。薬が多く、かかりつけと整理を相談する。",
          ),
        }),
      ],
    }),
    source("B", 11, {
      problems: [
        { name: "２型糖尿病", icd: "E119", since: 6000, main: true },
        { name: "気管支喘息", icd: "J459", since: 5000 },
        { name: "甲状腺機能低下症", icd: "E039", since: 4000 },
      ],
      visits: [visit(11, "内科", { drugs: medical, labs: { HbA1c: "8.2", glucose: "187", Cr: "1.41" } })],
    }),
    source("C", 15, {
      problems: [
        { name: "関節リウマチ", icd: "M0690", since: 3600, main: true },
        { name: "骨粗鬆症", icd: "M8199", since: 3600 },
        { name: "緑内障", icd: "H409", since: 2600 },
      ],
      visits: [visit(15, "整形外科", { drugs: surgical, labs: { AST: "31", ALT: "26" } })],
    }),
    source("D", 2, {
      problems: [
        { name: "アルツハイマー型認知症", icd: "G309", since: 1200, main: true },
        { name: "てんかん", icd: "G409", since: 900 },
      ],
      visits: [visit(2, "内科", { drugs: clinic })],
    }),
  ],
};
