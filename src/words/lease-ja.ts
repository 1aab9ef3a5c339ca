/** The lease's end, clocks that jumped, and a wiped device. */
export const leaseJa = {
  titleNone: "利用期限を確かめられません",
  titleDoubtful: "端末の時計では、利用期限が過ぎています",
  titleOver: "利用期限が終わりました",
  closed: "患者の情報は、いまは開けません。",
  whyNone: "利用期限の記録が壊れているか、届いていません。ハブにつながる所で同期すると使えます。",
  whyDoubtful: "時計が進んでいるだけかもしれません。保存した情報は消えていません。",
  whyOver: "利用期限が終わったことが確かになったため、情報を開く鍵をこの端末から消しました。ハブにつながる所で同期すると、また使えます。",
  syncFirst: "ハブにつながるなら、同期する",
  sync: "ハブと同期する",
  clockShows: "この端末の時計：{{at}}",
  confirmTitle: "つながらないとき：職員二人で今日の日付を確認する",
  confirmHow:
    "二人とも、端末以外のもの（カレンダー、腕時計、新聞）で今日の日付を確かめてください。二人の名前と日付が閲覧記録に残り、後で確認されます。",
  date: "今日の日付",
  dateHelp: "西暦から8桁。例：20260401",
  dateRead: "{{date}} で確認します",
  dateWrong: "日付として読めません。",
  second: "一緒に確認する人",
  noSecond: "この端末に登録された別の職員がいません。ハブとの同期だけが使えます。",
  passphrase: "その人のパスフレーズ",
  passkey: "その人のパスキーで確認する",
  confirm: "二人で確認して開く",
  working: "確かめています…",
  paper: "急ぐときは、紙の手順で進めてください",

  wipedErasing: "この端末の情報を消しています",
  wipedWaiting: "この端末の情報は消されました",
  wipedDone: "この端末の情報はすべて消されました",
  wipedRevoked: "運用担当者がこの端末の登録を取り消しました（{{at}}）。",
  wipedRenew: "運用担当者がこの端末の登録をやり直すことにしました（{{at}}）。",
  wipedGone: "患者の情報、鍵、職員の登録は、この端末に残っていません。",
  wipedOutbox:
    "まだ送っていない閲覧記録 {{count}}件だけが、暗号化されて残っています。ハブにつながると自動で送り、送り終えるとそれも消します。電源を入れたままにしてください。",
  wipedHome: "閲覧記録はすべてハブに届いています。",
  wipedAgain: "もう一度使うには、運用担当者から新しい登録コードを受け取り、下で登録してください。",
  wipedAgainLater: "送り終えると、新しい登録コードで登録し直せます。",
  wipedSend: "いま送る",
  wipedAsk: "心当たりがないときは、運用担当者に連絡してください。",
} as const;

export type LeaseWords = Readonly<Record<keyof typeof leaseJa, string>>;
