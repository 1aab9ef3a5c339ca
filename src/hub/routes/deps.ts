import type { Bytes } from "../../shared/bytes.ts";
import type { PeopleDeps } from "../people/deps.ts";
import type { EpochInForce } from "../people/lease.ts";
import type { DeviceDeps } from "./device.ts";
import type { RefusalDeps } from "./refuse.ts";

/** What publish keeps for devices, as the routes need it. */
export interface Published {
  /** The newest signed manifest of a site's cohort; null before the first. */
  manifest(site: string): Promise<Bytes | null>;
  epoch(site: string): Promise<EpochInForce>;
  /** Path of a published file by its name, or null when there is none. Names are checked before. */
  file(kind: "shard" | "ring" | "bundle" | "pack", name: string): Promise<string | null>;
}

export interface HubDeps extends PeopleDeps, DeviceDeps, RefusalDeps {
  readonly published: Published;
  /** Opens journal bodies. */
  readonly audit: CryptoKeyPair;
}
