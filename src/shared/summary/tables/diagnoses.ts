/** Diagnoses of the danger strip: ICD-10 first, words where hospitals send a text or a code that says too little (N18, Z99.8). */
import type { DiagnosisRule } from "../rules.ts";

const words = (text: string): readonly string[] => (text === "" ? [] : text.split(" "));

function diagnosis(
  id: string,
  danger: DiagnosisRule["danger"],
  icd10: string,
  said: string,
  except = "",
  evenEnded = false,
): DiagnosisRule {
  return { id: `diagnosis/${id}`, danger, icd10: words(icd10), words: words(said), except: words(except), evenEnded };
}

export const diagnosisRules: readonly DiagnosisRule[] = [
  diagnosis(
    "dialysis",
    "dialysis",
    "Z992 Z49",
    "透析 CAPD APD 腹膜灌流 内シャント ブラッドアクセス",
    "透析予防 透析導入前 透析前 透析未導入 透析非導入 非透析 透析離脱 透析拒否",
    true,
  ),
  diagnosis("pacemaker", "implantedDevice", "Z950", "ペースメーカ ペーシングリード", "", true),
  diagnosis(
    "defibrillator",
    "implantedDevice",
    "",
    "植込み型除細動器 植込型除細動器 植え込み型除細動器 CRTD CRTP 両室ペーシング",
    "",
    true,
  ),
  diagnosis("heart-valve", "implantedDevice", "Z952 Z953 Z954", "人工弁 機械弁 生体弁置換 弁置換術後 TAVI後", "", true),
  diagnosis("assist-heart", "implantedDevice", "Z958", "補助人工心臓 LVAD VAD装着", "", true),
  diagnosis("shunt-tube", "implantedDevice", "Z982", "VPシャント 脳室腹腔シャント LPシャント", "", true),
  diagnosis("hearing-implant", "implantedDevice", "Z962", "人工内耳", "", true),
  diagnosis(
    "clip-stent",
    "implantedDevice",
    "Z955",
    "脳動脈瘤クリッピング後 クリッピング術後 ステント留置後 ステント挿入後 冠動脈ステント",
    "",
    true,
  ),
  diagnosis("stimulator", "implantedDevice", "Z968", "脳深部刺激 脊髄刺激装置 迷走神経刺激装置 髄腔内ポンプ", "", true),
  diagnosis("oxygen", "homeOxygen", "", "在宅酸素 HOT導入 長期酸素療法 酸素依存", "", true),
  diagnosis("ventilator", "ventilator", "Z991", "人工呼吸器 在宅人工呼吸 NPPV TPPV 気管切開下陽圧", "", true),
  diagnosis("tuberculosis", "infection", "A15 A16 A17 A18 A19", "肺結核 活動性結核 粟粒結核", "陳旧性 結核後遺症 結核の既往 非結核性"),
  diagnosis(
    "hepatitis-b",
    "infection",
    "B16 B170 B180 B181 B191",
    "B型肝炎 B型急性肝炎 B型慢性肝炎 HBVキャリア B型肝炎キャリア",
    "ワクチン 予防接種 既往",
  ),
  diagnosis("hepatitis-c", "infection", "B171 B182", "C型肝炎 C型急性肝炎 C型慢性肝炎 HCVキャリア", "SVR 治癒後 既往"),
  diagnosis("hepatitis-other", "infection", "B172 B178 B188 B189 B199 B15", "E型肝炎 A型肝炎"),
  diagnosis("carrier", "infection", "Z22", "保菌者 キャリア"),
  diagnosis("resistant", "infection", "U82 U83 U84 A490", "MRSA VRE MDRP MDRA CRE感染 ESBL 多剤耐性"),
  diagnosis("htlv", "infection", "B973 C915", "HTLV"),
  diagnosis("syphilis", "infection", "A50 A51 A52 A53", "梅毒"),
  diagnosis("hiv", "infection", "B20 B21 B22 B23 B24 Z21 R75", "HIV エイズ 後天性免疫不全", "HIV検査 HIVスクリーニング"),
  diagnosis("prion", "infection", "A810", "クロイツフェルト プリオン病"),
  diagnosis(
    "contagious",
    "infection",
    "U071 B05 B01 B02 A37 B86 J09 J10 A08 A047",
    "COVID 新型コロナウイルス感染症 インフルエンザ 麻疹 水痘 帯状疱疹 疥癬 ノロウイルス クロストリディオイデス",
    "ワクチン 予防接種 コロナ後遺症",
  ),
  diagnosis(
    "pregnancy",
    "pregnancy",
    "O Z33 Z34 Z35 Z36",
    "妊娠 妊婦 切迫早産 切迫流産 妊孕",
    "非妊娠 妊娠反応陰性 妊娠希望 妊娠線 妊孕性 既往 妊娠歴",
  ),
  diagnosis("wishes", "wishes", "Z66", "DNAR DNR 蘇生処置を希望 蘇生を希望 延命治療を希望 蘇生不要 急変時心肺蘇生"),
];
