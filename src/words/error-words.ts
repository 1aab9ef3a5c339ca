/** What a person reads when something failed: what happened, what is still true, what to do. Never a person's data. */
export interface ErrorWords {
  readonly ja: string;
  readonly en: string;
}
