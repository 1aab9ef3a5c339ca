/** Whether this tab is in a drill, and the record of one that ended: in the tab's session only, and nothing of a real person in either. */
import type { DrillRun } from "../drill/names.ts";
import type { DrillRecord } from "../drill/record.ts";

const runKey = "tomoshibi-drill";
const recordKey = "tomoshibi-drill-record";

export const readDrill = (storage: Storage): DrillRun | null => parsed<DrillRun>(storage.getItem(runKey), "staff");
export const readRecord = (storage: Storage): DrillRecord | null => parsed<DrillRecord>(storage.getItem(recordKey), "steps");

export function beginDrill(storage: Storage, run: DrillRun): void {
  storage.setItem(runKey, JSON.stringify(run));
}

/** null: it left no record. */
export function finishDrill(storage: Storage, record: DrillRecord | null): void {
  if (record !== null) storage.setItem(recordKey, JSON.stringify(record));
  storage.removeItem(runKey);
}

export function clearRecord(storage: Storage): void {
  storage.removeItem(recordKey);
}

/** Whatever else lies there is no drill: then the device is the real one. */
function parsed<T>(text: string | null, key: string): T | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && Object(Reflect.get(value, key)) === Reflect.get(value, key) ? (value as T) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
