/** Names of the demo region: plainly synthetic families, ordinary given names. `others` are the ways another hospital writes the same family. */

export interface Family {
  readonly kanji: string;
  readonly kana: string;
  readonly others?: readonly string[];
}
export interface Given {
  readonly kanji: string;
  readonly kana: string;
}

const family = (kanji: string, kana: string, ...others: string[]): Family =>
  others.length > 0 ? { kanji, kana, others } : { kanji, kana };

/** Families whose letters hospitals write in more than one way come first: the trap people take them. */
export const variantFamilies: readonly Family[] = [
  family("髙例", "タカレイ", "高例"),
  family("山﨑見本", "ヤマザキミホン", "山崎見本"),
  family("齋見", "サイミ", "斎見", "斉見", "齊見"),
  family("渡邉仮", "ワタナベカリ", "渡辺仮", "渡邊仮"),
  family("濵想", "ハマソウ", "浜想", "濱想"),
  family("澤例", "サワレイ", "沢例"),
  family("廣見", "ヒロミ", "広見"),
  family("髙﨑例", "タカサキレイ", "高崎例"),
];

const plain =
  "灯台トウダイ 架空カクウ 見本ミホン 試験シケン 例示レイジ 仮名カメイ 模擬モギ 標本ヒョウホン 想定ソウテイ 試作シサク 仮想カソウ 演習エンシュウ 訓練クンレン 練習レンシュウ 雛形ヒナガタ 例題レイダイ 仮置カリオキ 試料シリョウ 検証ケンショウ 模型モケイ 設例セツレイ 例文レイブン 試行シコウ 仮設カセツ 架橋カキョウ 灯火トモシビ 灯明トウミョウ 空想クウソウ 想像ソウゾウ 創作ソウサク 無名ムメイ 匿名トクメイ 仮例カレイ 見例ミレイ 例見レイミ 試見シミ 架見カケミ 灯見ヒミ 仮灯カリトウ 想例ソウレイ 模例モレイ 標例ヒョウレイ 試例シレイ 定例テイレイ 凡例ハンレイ 用例ヨウレイ 実例ジツレイ 作例サクレイ 例外レイガイ 仮題カダイ";

const men =
  "太郎タロウ 次郎ジロウ 三郎サブロウ 一郎イチロウ 健一ケンイチ 健太ケンタ 大輔ダイスケ 翔太ショウタ 拓也タクヤ 直樹ナオキ 浩ヒロシ 誠マコト 茂シゲル 勇イサム 隆タカシ 清キヨシ 実ミノル 正マサシ 進ススム 博ヒロシ 和夫カズオ 幸男ユキオ 義雄ヨシオ 武タケシ 修オサム 学マナブ 豊ユタカ 剛ツヨシ 徹トオル 聡サトシ 大樹ダイキ 蓮レン 悠斗ユウト 陽翔ハルト 湊ミナト 樹イツキ 颯太ソウタ 陸リク 海斗カイト 涼リョウ 亮リョウ 圭ケイ 信一シンイチ 純一ジュンイチ 光男ミツオ 昭アキラ 秀樹ヒデキ 英二エイジ 文男フミオ 貞夫サダオ";

const women =
  "花子ハナコ 幸子サチコ 和子カズコ 洋子ヨウコ 恵子ケイコ 京子キョウコ 美智子ミチコ 節子セツコ 文子フミコ 千代チヨ 静シズ 光代ミツヨ 久美子クミコ 由美ユミ 真由美マユミ 直美ナオミ 智子トモコ 陽子ヨウコ 明美アケミ 裕子ユウコ 愛アイ 舞マイ 美咲ミサキ 彩アヤ 葵アオイ 結衣ユイ 陽菜ヒナ 凛リン 莉子リコ 杏アン 結愛ユア 咲良サクラ 紬ツムギ 芽依メイ 澪ミオ 香織カオリ 理恵リエ 順子ジュンコ 典子ノリコ 弘子ヒロコ 千鶴チヅル 富美トミ 春ハル 夏希ナツキ 秋子アキコ 冬美フユミ 悦子エツコ 道子ミチコ 敏子トシコ 雅子マサコ";

const read = (list: string): Given[] =>
  list.split(" ").map((entry) => {
    const parts = /^([^\u30a0-\u30ff]+)([\u30a0-\u30ff]+)$/.exec(entry);
    if (parts?.[1] === undefined || parts[2] === undefined) throw new RangeError(`name table: ${entry}`);
    return { kanji: parts[1], kana: parts[2] };
  });

export const families: readonly Family[] = [...read(plain), ...variantFamilies];
export const givenMen: readonly Given[] = read(men);
export const givenWomen: readonly Given[] = read(women);

const slips: Readonly<Record<string, string>> = {
  コ: "ユ",
  タ: "ク",
  シ: "ツ",
  ツ: "シ",
  ソ: "ン",
  ン: "ソ",
  ミ: "シ",
  キ: "ギ",
  ウ: "ワ",
  ロ: "ワ",
  ヨ: "ユ",
  リ: "ソ",
  カ: "ガ",
  ト: "ド",
  イ: "リ",
  ル: "レ",
  オ: "ホ",
  ナ: "メ",
  ム: "ヌ",
  エ: "ユ",
  ラ: "テ",
  ハ: "バ",
  ヤ: "マ",
  ユ: "コ",
};

/** A slip of the registration desk: the last kana that has one becomes a neighbour that no search would take for the same. */
export function slipKana(kana: string): string {
  for (let i = kana.length - 1; i >= 0; i--) {
    const slip = slips[kana[i] as string];
    if (slip !== undefined) return kana.slice(0, i) + slip + kana.slice(i + 1);
  }
  throw new RangeError(`no slip for ${kana}`);
}
