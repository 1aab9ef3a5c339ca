/**
 * Plain GETs, whose answers are bytes or signed objects of their own format.
 * Names are the SHA-256 of what they name, 43 base64url letters: nothing else ever reaches a disk.
 */
import { fromBase64Url } from "../bytes.ts";

export const manifestPath = "/api/manifest";
export const leasePath = "/api/lease";
export const rosterPath = "/api/roster";
export const policyPath = "/api/policy";

export const shardPath = (name: string): string => `/api/shard/${name}`;
export const ringPath = (name: string): string => `/api/ring/${name}`;
/** The danger strip's rule table. */
export const rulesPath = (name: string): string => `/api/rules/${name}`;
/** The cohort's sealed rescue roster. */
export const rescuePath = (name: string): string => `/api/rescue/${name}`;
/** Public, immutable, Range supported, no signed request. */
export const bundlePath = (name: string): string => `/bundles/${name}`;
export const packPath = (name: string): string => `/packs/${name}`;

/** True for the canonical base64url of 32 bytes. */
export function isContentName(name: string): boolean {
  return name.length === 43 && fromBase64Url(name)?.length === 32;
}
