/** A person of the region: one or more patients. Never deleted: a person without patients is sealed away, not forgotten. */
export interface PersonRow {
  /** 16 bytes, base64url. */
  ref: string;
  /** Raised with every change, in the transaction of the change. */
  changed: number;
  /** Value of `changed` that the current packs show; less than `changed` = to be sealed. */
  sealed: number;
}
