export type { Hit } from "./hit.ts";
