/** Ways to the glass besides the emergency: second person, outage, region, print. */
export const glassJa = {
  write: "記録する",
  otherWays: "他の方法（緊急でないとき）",
  outageNow: "システム停止中の診療：一度のタップで詳しい情報まで開きます",
  wayNote: "診療関係がわかる説明",
  wayNoteHelp: "この端末では当院の患者かどうかを確かめられないため、入力が必要です。暗号化して閲覧記録に残ります。",
  same: "開いたときと同じ理由",
  regionHit: "この端末の対象外の人です。開くとハブから一人分だけ取り寄せ、端末には保存しません。",

  secondTitle: "もう一人の承認が必要です",
  secondRole: "運用規則により、あなたの職種がこの部分を開くには、もう一人の職員の承認が必要です。",
  secondLimit: "この1時間に {{limit}}人を開いたため、次の人からは、もう一人の職員の承認が必要です。同じ人を開き直すことはできます。",
  secondHow:
    "承認する職員が自分の名前を選び、自分のパスフレーズかパスキーで承認します。承認は5分以内の一回の閲覧だけに使えます。画面はあなたのままです。",
  secondWho: "承認する職員",
  secondNobody: "この端末に、承認できる職員が登録されていません。急ぐときは紙の手順で進めてください。",
  secondPassphrase: "承認する職員のパスフレーズ",
  secondPasskey: "パスキーで承認する",
  secondSubmit: "承認して開く",
  secondWorking: "鍵を計算しています…",

  outageTitle: "システム停止中の診療",
  outageWhat:
    "電子カルテなどが止まっている間、当院の患者を一度のタップで開けるようにします。一人ごとに閲覧の記録が残り、宣言した人の名前も残ります。",
  outageEnds: "{{hours}}時間で自動的に終わります。復旧したら、すぐに終えてください。",
  outageNote: "何が止まっているか",
  outageStart: "システム停止を宣言する",
  outageRuns: "システム停止中の診療：{{name}} が宣言、{{until}} まで、開いた人 {{count}}件",
  outageEnd: "復旧した：終える",

  regionTitle: "地域から探す",
  regionWhat: "この端末の対象外の人を、ハブを通して探します。探したことは閲覧の記録に残ります。氏名などの検索語は記録に残りません。",
  regionUnreached: "ハブにつながらないため、今は探せません。",
  regionName: "氏名またはカナ（すべて）",
  regionBirth: "生年月日",
  regionBirthHelp: "例：1948-03-05、昭和23年3月5日、S23.3.5",
  regionBirthWrong: "年月日をすべて入力してください。",
  regionSex: "性別",
  regionReason: "探す理由",
  regionSubmit: "この理由で探す",
  regionWorking: "ハブに尋ねています…",
  regionNone: "同じ氏名と生年月日の人は、地域の記録に見つかりませんでした。",
  regionNoneHelp: "緊急時の閲覧に同意していない人は見つかりません。字の違いも考え、カナでも探してください。",
  regionFound: "{{count}}人が見つかりました。まだ何も開いていません。",

  brief: "要点を1画面で",
  confirmLater: "本人を確認する",
  paperOpen: "紙で渡す（救急シート・大きな文字）",
  print: "印刷",
  printNotice: "患者の情報は、画面の「印刷」を押したときだけ印刷されます。印刷の記録を残すためです。",
  printedBy: "印刷 {{at}} {{name}}　灯（トモシビ）閲覧記録に記載済み",
} as const;

export type GlassWords = Readonly<Record<keyof typeof glassJa, string>>;
