/** What the hub signed, verified again from the vault at every start: a changed byte on disk is refused like one from the net. */
import type { Bytes } from "../../shared/bytes.ts";
import { codeOf, type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { type Declaration, openDeclaration } from "../../shared/protocol/declared.ts";
import { type HubKeys, openKeys } from "../../shared/protocol/keys.ts";
import { type Lease, openLease } from "../../shared/protocol/lease.ts";
import { type Manifest, openManifest } from "../../shared/protocol/manifest.ts";
import { type Disaster, openDisaster } from "../../shared/protocol/orders.ts";
import { openPolicy, type Policy } from "../../shared/protocol/policy.ts";
import { openRoster, type Roster } from "../../shared/protocol/roster.ts";
import type { DeviceRow, SignedKind, SignedRow, VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";

export interface Trust {
  readonly hubKeys: HubKeys;
  readonly lease: Lease | null;
  /** Of another epoch than `lease`. */
  readonly leaseBefore: Lease | null;
  readonly policy: Policy | null;
  readonly roster: Roster | null;
  readonly manifest: Manifest | null;
  /** As the hub declared it, and as members declared it here; whether either holds now is the clock's to say. */
  readonly disaster: Disaster | null;
  readonly declared: (Declaration & { readonly by: readonly string[] }) | null;
  /** Something on disk no longer verifies and stands as null here; the next sync brings it again. */
  readonly damaged: ErrorCode | null;
}

/**
 * Errors: "vault-missing" without the hub's keys, and those of openKeys: without them nothing can be trusted. Any other object that is
 * damaged must not keep the device from starting, pushing its journal and pulling again.
 */
export async function loadTrust(
  db: VaultDb,
  device: Pick<DeviceRow, "device" | "rootHash">,
  signed?: readonly SignedRow[],
): Promise<Trust> {
  const rows = new Map((signed ?? (await stored(() => db.signed.toArray()))).map((row) => [row.what, row.bytes]));
  const keys = rows.get("keys");
  if (!keys) throw new TomoshibiError("vault-missing", { field: "keys" });
  const hubKeys = await openKeys(keys, device.rootHash);
  let damaged: ErrorCode | null = null;
  const opened = async <T>(what: SignedKind, open: (bytes: Bytes) => Promise<T>): Promise<T | null> => {
    const bytes = rows.get(what);
    if (!bytes) return null;
    try {
      return await open(bytes);
    } catch (error) {
      // Its signers have left the roster since: that is an end, and no damage.
      if (codeOf(error) !== "disaster-not-declared") damaged ??= codeOf(error);
      return null;
    }
  };
  const [lease, leaseBefore, policy, roster, manifest] = await Promise.all([
    opened("lease", (bytes) => openLease(bytes, hubKeys, device.device)),
    opened("leaseBefore", (bytes) => openLease(bytes, hubKeys, device.device)),
    opened("policy", (bytes) => openPolicy(bytes, hubKeys)),
    opened("roster", (bytes) => openRoster(bytes, hubKeys)),
    opened("manifest", (bytes) => openManifest(bytes, hubKeys)),
  ]);
  const disaster = await opened("disaster", (bytes) => openDisaster(bytes, hubKeys));
  const declared = await opened("declared", (bytes) => openDeclaration(bytes, device.device, roster?.members ?? []));
  return { hubKeys, lease, leaseBefore, policy, roster, manifest, disaster, declared, damaged };
}
