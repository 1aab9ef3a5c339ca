/** Storage that a browser threw away, or a person cleared: noticed and said, never taken for a device that never had anything. */
import type { Context, CoreDeps } from "./core-context.ts";

export type Loss =
  /** The vault is gone, and with it enrolment, keys and packs. Names are "" where they are not known any more. */
  | { readonly kind: "vault"; readonly siteName: string; readonly deviceName: string }
  /** The vault is here, the journal is gone: entries that the hub did not have are lost. */
  | { readonly kind: "journal" }
  /** Sealed files that the manifest names are missing; the next sync brings them. */
  | { readonly kind: "files"; readonly missing: number };

/** Of a page that found no device. */
export function vaultLoss({ mark }: Pick<CoreDeps, "mark">): Loss | null {
  const was = mark?.read() ?? null;
  return was && { kind: "vault", siteName: was.site, deviceName: was.device };
}

/** At enrolment, and again at each start, so that a mark that was cleared by itself comes back. */
export function keepMark({ device, deps }: Pick<Context, "device" | "deps">): void {
  if (device) deps.mark?.keep({ site: device.siteName, device: device.name });
}
