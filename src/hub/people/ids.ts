import { randomBytes } from "node:crypto";
import { encodeCode32 } from "../../shared/protocol/code32.ts";

/** Eight letters, 40 random bits: ids of sites and staff, where guessing one is worth nothing. */
export function shortId(): string {
  return encodeCode32(randomBytes(5), 8);
}

/** A one-time code to be read aloud: ten letters in two groups, 50 random bits. */
export function oneTimeCode(): string {
  return encodeCode32(randomBytes(10), 5).slice(0, 11);
}
