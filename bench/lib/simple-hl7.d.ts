/** The part of simple-hl7 that the bench uses; the package ships no types. */
declare module "simple-hl7" {
  export interface Field {
    readonly value: readonly (Field | readonly { readonly value: readonly (string | readonly string[])[] }[])[];
  }
  export class Parser {
    parse(text: string): {
      readonly header: { readonly fields: readonly Field[] };
      readonly segments: readonly { readonly name: string; readonly fields: readonly Field[] }[];
    };
  }
}
