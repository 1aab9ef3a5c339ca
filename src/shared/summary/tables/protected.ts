/** The protected categories; the lists are the project's own writing. */
import type { ProtectedCategory } from "../protected.ts";

const words = (text: string): readonly string[] => (text === "" ? [] : text.trim().split(/\s+/));

function category(
  id: ProtectedCategory["id"],
  lists: {
    icd10: string;
    icd10Except?: string;
    yj?: string;
    yjExcept?: string;
    medicines?: string;
    jlac10?: string;
    words: string;
    abbreviations?: string;
  },
): ProtectedCategory {
  return {
    id,
    icd10: words(lists.icd10),
    icd10Except: words(lists.icd10Except ?? ""),
    yj: words(lists.yj ?? ""),
    yjExcept: words(lists.yjExcept ?? ""),
    medicines: words(lists.medicines ?? ""),
    jlac10: words(lists.jlac10 ?? ""),
    words: words(lists.words),
    abbreviations: words(lists.abbreviations ?? ""),
  };
}

export const protectedCategories: readonly ProtectedCategory[] = [
  category("hiv", {
    icd10: "B20 B21 B22 B23 B24 Z21 R75 Z114 Z206 Z717 Z830 O987 F024",
    medicines: `ジドブジン レトロビル ラミブジン エピビル アバカビル ザイアジェン エプジコム トリーメク テノホビルジソプロキシル ビリアード エムトリシタビン エムトリバ ツルバダ デシコビ
      エファビレンツ ストックリン ネビラピン ビラミューン エトラビリン インテレンス リルピビリン エジュラント リカムビス ドラビリン ピフェルトロ オデフシィ コムプレラ
      ラルテグラビル アイセントレス ドルテグラビル テビケイ ドウベイト ジャルカ ビクテグラビル ビクタルビ エルビテグラビル ゲンボイヤ スタリビルド カボテグラビル ボカブリア
      ダルナビル プリジスタ プレジコビックス シムツーザ アタザナビル レイアタッツ ロピナビル カレトラ ホスアンプレナビル レクシヴァ ネルフィナビル マラビロク シーエルセントリ レナカパビル シュンレンカ コビシスタット`,
    jlac10: "5F500 5F510 5F520 5F530 5F540 5F550 5F560",
    words: "エイズ 後天性免疫不全 ヒト免疫不全ウイルス 抗レトロウイルス カポジ肉腫",
    abbreviations: "HIV HIV-?[12] HAART AIDS",
  }),
  category("psychiatric", {
    icd10: "F X60 X61 X62 X63 X64 X65 X66 X67 X68 X69 X7 X80 X81 X82 X83 X84 Z915 Z865",
    icd10Except: "F00 F01 F02 F03 F05 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19",
    yj: "117",
    yjExcept: "1179025 1172004",
    medicines: `炭酸リチウム リーマス リスペリドン リスパダール パリペリドン インヴェガ ゼプリオン オランザピン ジプレキサ クエチアピン セロクエル ビプレッソ アリピプラゾール エビリファイ ブレクスピプラゾール レキサルティ
      アセナピン シクレスト ブロナンセリン ロナセン ペロスピロン ルーラン ルラシドン ラツーダ クロザピン クロザリル ハロペリドール セレネース クロルプロマジン コントミン ウインタミン レボメプロマジン ヒルナミン
      スルピリド ドグマチール チアプリド グラマリール ゾテピン ロドピン フルフェナジン フルデカシン ペルフェナジン ピーゼットシー プロペリシアジン ニューレプチル ブロムペリドール インプロメン ネモナプリド エミレース ピモジド
      パロキセチン パキシル セルトラリン ジェイゾロフト エスシタロプラム レクサプロ フルボキサミン デプロメール ルボックス デュロキセチン サインバルタ ミルナシプラン トレドミン ベンラファキシン イフェクサー
      ミルタザピン リフレックス レメロン ボルチオキセチン トリンテリックス トラゾドン レスリン デジレル アミトリプチリン トリプタノール ノルトリプチリン ノリトレン イミプラミン トフラニール クロミプラミン アナフラニール アモキサピン アモキサン
      マプロチリン ルジオミール ミアンセリン テトラミド セチプチリン メチルフェニデート コンサータ リタリン アトモキセチン ストラテラ グアンファシン インチュニブ リスデキサンフェタミン ビバンセ タンドスピロン セディール`,
    words: `精神 統合失調 うつ病 鬱病 抑うつ 抑鬱 うつ状態 躁病 躁うつ 双極性 双極I 双極II 気分障害 不安障害 不安神経症 強迫神経症 抑うつ神経症 パニック障害 適応障害 強迫性障害 心的外傷 解離性障害 身体表現性 摂食障害 神経性やせ 拒食 過食症
      人格障害 パーソナリティ障害 自閉 発達障害 注意欠陥 注意欠如 知的障害 学習障害 心療内科 メンタル 自殺 自傷 希死念慮 性同一性 性別違和 心身症 心因 幻覚 妄想 緊張病 チック障害 トゥレット リエゾン`,
    abbreviations: "ADHD PTSD ASD障害",
  }),
  category("addiction", {
    icd10: "F10 F11 F12 F13 F14 F15 F16 F18 F19 Z502 Z503 Z714 Z715 Z721 Z722",
    medicines: "ジスルフィラム ノックビン シアナミド シアナマイド アカンプロサート レグテクト ナルメフェン セリンクロ",
    words: "アルコール依存 アルコール使用障害 アルコール離脱 薬物依存 薬物乱用 覚醒剤 大麻 ギャンブル 依存症 断酒",
  }),
  category("sexuallyTransmitted", {
    icd10: "A50 A51 A52 A53 A54 A55 A56 A57 A58 A59 A60 A61 A62 A63 A64 O981 O982 O983 Z113 Z202",
    jlac10: "5E071 5E072 5E073 5E074 5E075 5E076",
    words: "梅毒 淋菌 淋病 性感染症 性病 クラミジア トリコモナス 尖圭コンジローマ 性器ヘルペス 陰部ヘルペス 軟性下疳",
    abbreviations: "STS RPR TPHA TPLA TPPA FTA-?ABS STD STI VDRL",
  }),
  category("reproductive", {
    icd10: "O04 O05 O06 O07 Z640 Z332",
    medicines: "メフィーゴ ミフェプリストン ゲメプロスト プレグランディン",
    words: "人工妊娠中絶 人工流産 妊娠中絶 中絶 望まない妊娠",
  }),
  category("violence", {
    icd10: "T74 Y05 Y06 Y07 Z614 Z616 Z630",
    words: "虐待 性暴力 強姦 性的暴行 家庭内暴力 育児放棄 配偶者暴力 被虐待",
  }),
];
