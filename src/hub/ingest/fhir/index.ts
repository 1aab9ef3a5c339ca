export type { Issue, Reason } from "./issue.ts";
export { issue } from "./issue.ts";
export { inputLimit, type Opened, openInput, reopen } from "./open.ts";
export { outcomeOf } from "./outcome.ts";
export { type Support, supportOf } from "./pack.ts";
export { isPlan, needsOf, planInput } from "./plan.ts";
export { type FhirRead, readUnit, type UnitFile } from "./read.ts";
export type { Known, Unit } from "./unit.ts";
