import { dicomTarget, masterTarget } from "./targets-files.ts";
import { documentTarget, messageTarget } from "./targets-ssmix2.ts";

/** Every parser of bytes that come from outside the hub. */
export const targets = [messageTarget, documentTarget, masterTarget, dicomTarget];
