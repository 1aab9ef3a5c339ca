import { devices } from "../../store/device.ts";
import { sites } from "../../store/site.ts";
import type { Db } from "../../store/store.ts";
import { line } from "../text.ts";

/** All that ever leaves the hub of an alert: no person, no member, no word of an entry. */
export interface Alarm {
  /** The same when it is sent again. */
  readonly id: string;
  readonly kind: string;
  /** Names as the operator gave them; "" when none is concerned. */
  readonly site: string;
  readonly device: string;
  /** ms. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Address of the console. */
  readonly console: string;
}

/** Somewhere that alarms go. Rejects when it is not known to have arrived. */
export interface Sink {
  readonly name: "smtp" | "webhook";
  send(alarm: Alarm, signal: AbortSignal): Promise<void>;
}

/** The words for a kind, in both languages; the room of the commands has the table. */
export type AlarmWords = (kind: string) => { readonly ja: string; readonly en: string };

export async function namesOf(db: Db): Promise<(device: string) => Pick<Alarm, "site" | "device">> {
  const siteNames = new Map((await sites(db)).map(({ id, name }) => [id, name]));
  const known = new Map((await devices(db)).map((row) => [row.id, row]));
  return (id) => {
    const device = known.get(id);
    return { device: line(device?.name ?? "").slice(0, 120), site: line(siteNames.get(device?.site ?? "") ?? "").slice(0, 120) };
  };
}
