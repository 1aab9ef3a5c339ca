/** Code masters that an operator imports: MEDIS HOT, YJ, JLAC10, 標準病名マスター, J-FAGY. The project ships none of them. */
export const masterKinds = ["yj", "hot", "jlac10", "byomei", "jfagy"] as const;
export type MasterKind = (typeof masterKinds)[number];

export interface MasterEntry {
  readonly code: string;
  readonly name: string;
  /** What the code stands for elsewhere: of HOT the YJ code (or the part of it that all its products share), of a disease the ICD-10; "" for none. */
  readonly target: string;
}
