/** Variant kanji of names: in each group every letter becomes the first. Own choice: forms that one family writes in several ways. */
const variantGroups = `
  高髙 崎﨑嵜碕埼 斎齋齊斉齎 辺邉邊 浜濱濵 沢澤 広廣 桜櫻 国國圀 島嶋嶌 竜龍 真眞 吉𠮷 富冨 徳德 恵惠 栄榮
  瀬瀨 蔵藏 黒黑 渋澁澀 条條 関關 滝瀧 峰峯 柳栁桺 館舘 桧檜 梅楳 秋穐龝 会會 万萬 与與 仏佛 仙僊 伝傳 児兒
  円圓 写寫 処處 剣劍劔劒 勲勳 区區 参參 双雙 収收 台臺 号號 図圖 団團 圧壓 塩鹽 壮壯 寿壽 変變 奥奧
  学學斈 宝寶寳 実實 寛寬 将將 尽盡 岳嶽 巌巖 帯帶 庁廳 弁辨辯瓣 弥彌 当當 従從 応應 戸戶 払拂 抜拔 択擇
  拡擴 挙擧 数數 断斷 旧舊 晃晄 暁曉 曽曾 来來 枢樞 栃杤 検檢 楽樂 様樣 横橫 欧歐 歩步 歳歲 気氣 浄淨 浅淺
  済濟 温溫 満滿 涼凉 渓溪 湾灣 焼燒 為爲 猪豬 瑶瑤 畑畠 画畫 畳疊 発發 県縣 砺礪 礼禮 穂穗 穣穰 粋粹 経經
  絵繪 総總 緑綠 繊纖 聡聰 声聲 芦蘆 芸藝 茎莖 荘莊 薫薰 蛍螢 衛衞 覚覺 観觀 訳譯 誉譽 読讀 謡謠 豊豐 賢贒
  頼賴 転轉 遥遙 郎郞 郷鄕 鉄鐵鉃 鋭銳 錬鍊 録錄 閑閒 陥陷 随隨 霊靈 静靜 顕顯 駅驛 鴬鶯 鶴靏鸖靍 麦麥 麹麴
  黄黃 亀龜 鉱鑛 淵渕渊 桑桒 槙槇 松枩 橋槗 野埜 坂阪 祇祗 迫廹 厩廐 彦彥 翠翆 侠俠 尭堯 亘亙 弐貳 薮藪籔
  撃擊 曹曺
`
  .trim()
  .split(/\s+/);

const smallKana: Readonly<Record<string, string>> = {
  ぁ: "あ",
  ぃ: "い",
  ぅ: "う",
  ぇ: "え",
  ぉ: "お",
  っ: "つ",
  ゃ: "や",
  ゅ: "ゆ",
  ょ: "よ",
  ゎ: "わ",
  ゕ: "か",
  ゖ: "け",
  ぢ: "じ",
  づ: "ず",
  ゐ: "い",
  ゑ: "え",
  を: "お",
};

const vu: Readonly<Record<string, string>> = { あ: "ば", い: "び", え: "べ", お: "ぼ" };

const variants: readonly (readonly [string, string])[] = variantGroups.flatMap((group) => {
  const [first = "", ...others] = [...group.normalize("NFKC")];
  return others.filter((other) => other !== first).map((other) => [other, first] as const);
});

/** How many letters fold to another one. */
export const variantCount: number = variants.length;

/** Every letter that becomes another: katakana, small kana, variants. */
const letters: ReadonlyMap<string, string> = new Map([
  ...Array.from({ length: 0x30f6 - 0x30a1 + 1 }, (_, i): [string, string] => {
    const hiragana = String.fromCodePoint(0x3041 + i);
    return [String.fromCodePoint(0x30a1 + i), smallKana[hiragana] ?? hiragana];
  }),
  ...Object.entries(smallKana),
  ...variants,
]);

/**
 * The form in which names, addresses and numbers are compared, in the index and in what is typed: NFKC (width, KANGXI radicals,
 * half-width kana), lower case, katakana → hiragana, small kana → large (old systems send ｷﾖｳ for キョウ), ぢづゐゑをヴ → じずいえお and ば行,
 * variant kanji → one form, 々 → the letter before it; spaces, dots, commas, hyphens, long marks, slashes, variation selectors and
 * control letters dropped. Folding twice changes nothing.
 */
export function foldForSearch(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().normalize("NFKC").replace(dropped, "").normalize("NFKC");
  let out = "";
  let before = "";
  for (const letter of plain) {
    const folded = letter === "々" ? before : (letters.get(letter) ?? letter);
    if (before === "ゔ" && vu[folded] !== undefined) {
      out = out.slice(0, -1) + vu[folded];
      before = vu[folded] ?? "";
      continue;
    }
    if (before === "ゔ") out = `${out.slice(0, -1)}ぶ`;
    out += folded;
    if (folded !== "") before = folded;
  }
  return before === "ゔ" ? `${out.slice(0, -1)}ぶ` : out;
}

// Separators, and what nobody sees: controls, soft hyphen, zero width, direction marks; variation selectors; voice marks that stand alone.
const dropped = /[\s\p{Cc}\p{Cf}.,、。・･'’`"\-‐‑‒–—―−~〜ー/\\_:;()[\]{}「」『』【】〈〉《》]|\p{Variation_Selector}|[\u3099\u309a]/gu;
