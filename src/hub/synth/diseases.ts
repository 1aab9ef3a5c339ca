/** Diagnoses of the demo region. ICD-10 codes are facts; the 8-digit 管理番号 are illustrative (they begin with 9, as no real one does). */

export interface Disease {
  readonly key: string;
  readonly name: string;
  readonly icd: string;
  /** Share among people of the age and sex it fits, in percent. */
  readonly weight: number;
  readonly ages: readonly [number, number];
  readonly sex: "M" | "F" | "";
  readonly department: number;
  readonly drugs: readonly string[];
  /** Laboratory values it shifts: key → range. */
  readonly labs: ReadonlyMap<string, readonly [number, number]>;
  /** Over after some weeks. */
  readonly acute: boolean;
  /** Illustrative 管理番号. */
  readonly number: string;
}

/** key|name|ICD-10|weight|ages|sex|department|drugs|lab shifts|acute */
const lines = `
hypertension|高血圧症|I10|45|40-110||1|amlodipine,olmesartan,telmisartan||
diabetes|２型糖尿病|E119|20|35-110||0|metformin,sitagliptin,glimepiride,lantus|glucose:140-290,HbA1c:6.8-9.8|
diabetes1|１型糖尿病|E109|1|5-60||0|novorapid,lantus|glucose:60-320,HbA1c:7.0-9.5|
lipid|脂質異常症|E785|25|35-110||0|rosuvastatin,atorvastatin||
af|心房細動|I489|8|55-110||1|apixaban,warfarin,bisoprolol|PT-INR:1.6-3.1,BNP:60-380|
angina|狭心症|I209|6|50-110||1|aspirin,nitroglycerin,rosuvastatin||
old-mi|陳旧性心筋梗塞|I252|4|50-110||1|clopidogrel,aspirin,carvedilol||
heart-failure|慢性心不全|I500|6|60-110||1|furosemide,spironolactone,entresto,bisoprolol|BNP:180-1400,NT-proBNP:900-6000|
stroke|脳梗塞後遺症|I693|5|55-110||3|clopidogrel-g,cilostazol||
ckd|慢性腎臓病|N189|7|55-110||6|febuxostat,olmesartan|Cr:1.6-4.2,eGFR:12-38,K:4.6-6.1,BUN:28-60|
dialysis|末期腎不全|N180|1|40-95||6|cinacalcet,lanthanum|Cr:6.5-12.0,eGFR:3-7,K:4.8-6.6,BUN:45-90,Hb:9.0-11.2|
dialysis-state|血液透析|Z992|1|40-95||6|lanthanum|Cr:6.5-12.0,eGFR:3-7,K:4.8-6.6|
epilepsy|てんかん|G409|2|3-95||3|valproate,levetiracetam,carbamazepine||
asthma|気管支喘息|J459|5|3-95||0|adoair,montelukast,salbutamol,theodur||
copd|慢性閉塞性肺疾患|J449|4|60-110||0|theodur,salbutamol||
home-oxygen|在宅酸素療法|Z998|1|60-110||0|||
ventilator|人工呼吸器装着状態|Z991|1|40-95||3|||
als|筋萎縮性側索硬化症|G122|1|40-85||3|||
pacemaker|ペースメーカー植込み後|Z950|1|60-110||1|||
ra|関節リウマチ|M0690|4|30-95||5|methotrexate,prednisolone-g,tacrolimus|CRP:0.8-4.5|
sle|全身性エリテマトーデス|M329|1|20-70|F|0|prednisolone,mycophenolate||
uc|潰瘍性大腸炎|K519|1|15-75||2|mesalazine,prednisolone||
transplant|腎移植後|Z940|1|25-75||6|tacrolimus,mycophenolate,prednisolone-g|Cr:1.2-2.0,eGFR:30-52|
osteoporosis|骨粗鬆症|M8199|12|60-110|F|5|alendronate,risedronate,eldecalcitol||
glaucoma|緑内障|H409|6|45-110||9|timolol-eye,carteolol-eye,latanoprost||
hypothyroid|甲状腺機能低下症|E039|4|25-100||0|levothyroxine||
gerd|逆流性食道炎|K210|10|30-100||2|lansoprazole,vonoprazan||
ulcer|胃潰瘍|K259|4|35-100||2|vonoprazan,rebamipide|Hb:8.2-11.0|
gastric-cancer|胃癌|C169|2|50-95||4|s1,opso||
colon-cancer|大腸癌|C189|2|50-95||4|capecitabine||
lung-cancer|肺癌|C349|1|50-95||0|gefitinib,oxycontin||
breast-cancer|乳癌|C509|1|40-85|F|4|fentanyl||
cml|慢性骨髄性白血病|C921|1|30-85||0|imatinib|Plt:8.0-13.0|
dementia|アルツハイマー型認知症|G309|8|72-110||3|donepezil,memantine,yokukansan||
bph|前立腺肥大症|N40|12|55-110|M|4|tamsulosin||
overactive|過活動膀胱|N328|5|55-110||4|mirabegron||
knee|変形性膝関節症|M179|12|55-110||5|ketoprofen,loxoprofen||
back|腰痛症|M5456|10|25-110||5|ketoprofen,tramadol||
insomnia|不眠症|G470|10|30-110||0|zolpidem,brotizolam||
depression|うつ病|F329|3|18-90||7|paroxetine,etizolam||
schizophrenia|統合失調症|F209|1|18-80||7|olanzapine,risperidone||
bipolar|双極性障害|F319|1|18-80||7|lithium||
hiv|ＨＩＶ感染症|B24|1|22-75||0|bictegravir||
hbv|Ｂ型慢性肝炎|B181|1|30-85||2|entecavir|HBsAg:20-250|
hcv|Ｃ型慢性肝炎|B182|1|40-90||2||AST:45-110,ALT:50-140|
tb|肺結核|A162|1|20-95||0|||
pollinosis|スギ花粉症|J301|10|6-75||0|fexofenadine||
atopic|アトピー性皮膚炎|L209|4|1-50||8|steroid-ointment,tacrolimus-ointment||
dry-skin|皮脂欠乏性湿疹|L853|6|60-110||8|heparinoid,rinderon-vg||
iron-anemia|鉄欠乏性貧血|D509|5|15-90|F|0|iron|Hb:7.4-10.8|
gout|高尿酸血症|E790|7|35-95|M|0|febuxostat||
pregnancy|妊娠|Z349|3|20-42|F|4|ritodrine,magnesium||
arrhythmia|発作性上室頻拍|I471|2|20-90||1|flecainide,pilsicainide||
vt|心室頻拍|I472|1|40-90||1|amiodarone||
adrenal|副腎皮質機能低下症|E274|1|25-90||0|hydrocortisone|Na:124-133|
cold|急性上気道炎|J069|14|0-110||0|acetaminophen,kakkonto||acute
flu|インフルエンザ|J111|6|0-110||0|oseltamivir,acetaminophen||acute
pneumonia|肺炎|J189|4|0-110||0|levofloxacin|CRP:5.0-22.0,WBC:11000-19000|acute
enteritis|急性胃腸炎|A09|6|0-110||2|rebamipide||acute
mi|急性心筋梗塞|I219|1|45-100||1|prasugrel,aspirin|TnI:0.9-24.0,CK:400-2600|acute
`;

export function readDiseases(): readonly Disease[] {
  return lines
    .trim()
    .split("\n")
    .map((line, place) => {
      const [key = "", name = "", icd = "", weight = "", ages = "", sex = "", department = "", drugs = "", labs = "", acute = ""] =
        line.split("|");
      const [low, high] = ages.split("-").map(Number);
      if (low === undefined || high === undefined || !/^[A-Z]\d{2,4}$/.test(icd)) throw new RangeError(`disease table: ${line}`);
      const shifts = labs
        .split(",")
        .filter((entry) => entry !== "")
        .map((entry) => {
          const [test = "", range = ""] = entry.split(":");
          const [from, to] = range.split("-").map(Number);
          return [test, [from ?? 0, to ?? 0]] as const;
        });
      return {
        key,
        name,
        icd,
        weight: Number(weight),
        ages: [low, high],
        sex: sex === "M" || sex === "F" ? sex : "",
        department: Number(department),
        drugs: drugs.split(",").filter((drug) => drug !== ""),
        labs: new Map(shifts),
        acute: acute === "acute",
        number: String(90001000 + place),
      };
    });
}
