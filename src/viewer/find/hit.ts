/** A person of the cached population as the index shows them: enough to confirm who it is, nothing clinical. */
export interface Hit {
  /** base64url of the 16-byte person reference. */
  readonly personRef: string;
  readonly kanji: { readonly family: string; readonly given: string } | null;
  readonly kana: { readonly family: string; readonly given: string } | null;
  /** YYYY-MM-DD, shorter when that is all the hospitals sent, null when unknown. */
  readonly birthDate: string | null;
  readonly sex: "male" | "female" | "other" | "unknown";
  readonly address: string;
  readonly identifiers: readonly { readonly facility: string; readonly pid: string }[];
  /** Names of the contributing hospitals. */
  readonly hospitals: readonly string[];
  /** Pack names, base64url; null where no such pack was sealed. */
  readonly packs: { readonly strip: string; readonly rest: string; readonly protected: string | null };
  /** Someone else in the cached population bears the same name, or nearly the same name and birth date: look twice. */
  readonly alike: readonly ("sameName" | "nearBirthDate")[];
}
