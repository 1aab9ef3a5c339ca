/** Whether somebody is a patient of this device's own site: by the facility codes that the signed roster names for it. */
import type { Context } from "./core-context.ts";

/** null: the roster names no facilities, so this device cannot know. */
export function isOwn({ trust }: Pick<Context, "trust">, identifiers: readonly { readonly facility: string }[]): boolean | null {
  const facilities = trust?.roster?.facilities;
  if (facilities === undefined || facilities.length === 0) return null;
  return identifiers.some(({ facility }) => facilities.includes(facility));
}
