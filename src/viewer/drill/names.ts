/** The drill's own databases: nothing of it ever lies beside a real person, and ending it deletes them whole. */
export const drillDatabases = { vault: "tomoshibi-drill-vault", journal: "tomoshibi-drill-journal" } as const;

/** What a drill is made from: the real site, member and policy, and nothing else that is real. */
export interface DrillStart {
  readonly siteName: string;
  readonly deviceName: string;
  readonly staff: { readonly id: string; readonly name: string; readonly kana: string; readonly role: string };
  /** Under a declared disaster, so that the rescue roster can be practised. */
  readonly disaster: boolean;
}

/** What the drill's screens say while it runs; kept in this tab's session only. */
export interface DrillRun extends DrillStart {
  /** ms of the device's clock. */
  readonly from: number;
  /** Six words that open the drill's vault and nothing else: shown on screen. */
  readonly passphrase: string;
  /** The real journal's entry that began it: chain (base64url) and sequence. */
  readonly chain: string;
  readonly seq: number;
}
