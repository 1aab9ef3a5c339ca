/** Words of what is opened from the page: everything on one screen, the picture of two years, finding words in the page. */
export const viewsJa = {
  "brief.close": "元の表示へ戻る",
  "brief.title": "搬送時の要点",
  "brief.danger": "危険情報",
  "brief.medicines": "いまの薬",
  "brief.medicinesClosed": "薬の一覧は開いていません。危険情報に当たる薬は上にあります。",
  "brief.named": "上の危険情報にある薬 {{count}}件のほかに：",
  "brief.more": "ほか {{count}}件（元の表示にあります）",
  "brief.hospital": "直近の医療機関",
  "brief.hospitalClosed": "受診の記録は開いていません。情報を出した医療機関：",
  "brief.contact": "連絡先",
  "brief.contactClosed": "家族などの連絡先は開いていません。",
  "brief.self": "本人の電話",
} as const;

export type ViewsWords = Readonly<Record<keyof typeof viewsJa, string>>;

export const viewsEn: ViewsWords = {
  "brief.close": "Back to the full view",
  "brief.title": "For the way to hospital",
  "brief.danger": "Danger strip",
  "brief.medicines": "Medicines now",
  "brief.medicinesClosed": "The list is not open. Danger classes: above.",
  "brief.named": "Besides the {{count}} named in the danger strip above:",
  "brief.more": "{{count}} more (in the full view)",
  "brief.hospital": "Last hospital",
  "brief.hospitalClosed": "Visits are not open. Who sent information:",
  "brief.contact": "Contact",
  "brief.contactClosed": "Contacts of family and others are not open.",
  "brief.self": "The person's telephone",
};
