/** Scanning at home: people's sheets, forms, hospital barcodes. */
export const scanJa = {
  title: "読み取る",
  aim: "診察券・用紙のコードを枠の中に映してください。読み取るだけでは何も開きません。",
  type: "番号や氏名で探す",
  photo: "写真・画像から読み取る",
  photoNothing: "この画像からコードを読み取れませんでした。明るい所で、コード全体が写るように撮り直してください。",
  photoFailed: "この画像は開けませんでした。別の画像を選んでください。",
  again: "もう一度読み取る",
  several: "番号 {{number}}：{{count}}人が該当します。本人を選んでください。",
  nobodyTitle: "この端末に、このコードの人は見つかりません",
  nobodyNumber: "番号 {{number}} を、保存済みの {{people}}人から探しました。",
  nobodyPerson: "用紙のコードを、保存済みの {{people}}人から探しました。この地域で共有していない人か、対象外の人かもしれません。",
  next: "次にできること：氏名・生年月日で探す、ハブと同期する、医療機関に電話する。",
  damaged: "用紙のコードが欠けているか、汚れています。もう一度読み取るか、用紙に印字された文字で探してください。",
  enrolCode: "これは端末を登録するためのコードです。患者のコードではありません。",
  unknown: "このコードの種類は分かりません。何も開いていません。",
  unknownHelp: "読める物：印刷した緊急閲覧票と停止時の用紙、診察券のバーコード（NW-7、CODE128、ITF）。",
  formElsewhere: "停止時の用紙です（{{id}}）。この画面からは入力を始められません。",
} as const;

export type ScanWords = Readonly<Record<keyof typeof scanJa, string>>;
