import type { FileIdentity, WarningCode } from "../../record/record.ts";

/** What a file name says by itself; the facility is told by whoever runs the ingest. */
export type FileName = Omit<FileIdentity, "facility">;

/** Where a file lies: the last three folders and the name, read without trusting either. */
export interface Place {
  readonly pid: string;
  readonly day: string;
  readonly type: string;
  readonly name: string;
}

/** A file that may be settled and read (`reason` null), or the reason why it may not. */
export type Located =
  | { readonly file: FileIdentity; readonly reason: null }
  | { readonly file: FileIdentity | null; readonly reason: WarningCode };

// Anchored from both ends: the extended storage has underscores inside the type; the order number may be 13 to 22 digits, the department absent.
const pattern = /^([^_]{1,15})_(\d{8}|-)_(.+?)_([^_]+)_(\d{14,17})(?:_([^_]*))?_([012])$/;

/**
 * `{PID}_{day}_{type}_{order no}_{stamp}[_{department}]_{flag}` → its parts, or null when the name is not one.
 * Leading zeros of the PID are significant; nothing is padded or trimmed. Source: SS-MIX2 1.2h, file naming.
 */
export function parseFileName(name: string): FileName | null {
  const match = pattern.exec(name);
  if (!match) return null;
  const [, pid = "", day = "", type = "", orderNo = "", stamp = "", department = "", flag] = match;
  if (flag !== "0" && flag !== "1" && flag !== "2") return null;
  return { pid, day, type, orderNo, stamp, department, flag, name };
}

/**
 * `…/{PID}/{day}/{type}/{name}` → its parts; null when there are too few folders or the day folder is none.
 * The prefix folders are not looked at: sites with short PIDs build them in their own ways, the PID folder is the truth.
 */
export function placeOf(relativePath: string): Place | null {
  const [beforeName, name] = cutLast(relativePath);
  const [beforeType, type] = cutLast(beforeName);
  const [beforeDay, day] = cutLast(beforeType);
  const [, pid] = cutLast(beforeDay);
  if (pid === "" || type === "" || name === "" || !/^(?:\d{8}|-)$/.test(day)) return null;
  return { pid, day, type, name };
}

/** What stands before the last separator, and what behind it. */
function cutLast(path: string): [string, string] {
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return at < 0 ? ["", path] : [path.slice(0, at), path.slice(at + 1)];
}

/**
 * Name and folder of one file, checked against each other. A file that lies elsewhere than its name says is `path-differs`:
 * it may belong to another person, so it is never read. An unreadable name is `name-unreadable`. In the extended storage the folder
 * of a content has the name, and every file in it is that content's: its identity has the folder before its own name.
 */
export function locate(relativePath: string, facility: string): Located {
  const parsed = parseFileName(cutLast(relativePath)[1]);
  const place = parsed === null ? null : placeOf(relativePath);
  if (parsed !== null && place !== null && place.pid === parsed.pid && place.day === parsed.day && place.type === parsed.type)
    return { file: { facility, ...parsed }, reason: null };
  const content = locateContent(relativePath, facility);
  if (content !== null) return content;
  if (parsed === null) return { file: null, reason: "name-unreadable" };
  return { file: { facility, ...parsed }, reason: "path-differs" };
}

/** The first folder below a type folder of the extended storage that bears a content's name; null when there is none. */
function locateContent(relativePath: string, facility: string): Located | null {
  const parts = relativePath.split(/[\\/]/);
  for (let at = 3; at < parts.length - 1; at++) {
    const [pid = "", day = "", type = "", folder = ""] = parts.slice(at - 3, at + 1);
    if (!type.includes("^") || !/^(?:\d{8}|-)$/.test(day)) continue;
    const parsed = parseContentName(folder, `${pid}_${day}_${type}_`) ?? parseFileName(folder);
    if (parsed === null) return { file: null, reason: "name-unreadable" };
    const file = { facility, ...parsed, name: parts.slice(at).join("/") };
    return file.pid === pid && file.day === day && file.type === type ? { file, reason: null } : { file, reason: "path-differs" };
  }
  return null;
}

/** Type and key may hold underscores: where the folders say what the name begins with, only its end is taken apart. */
function parseContentName(name: string, start: string): FileName | null {
  const match = name.startsWith(start) ? /^(.+)_(\d{14,17})(?:_([^_]*))?_([012])$/.exec(name.slice(start.length)) : null;
  if (match === null) return null;
  const [pid = "", day = ""] = start.split("_", 2);
  const [, orderNo = "", stamp = "", department = "", flag] = match;
  if (pid === "" || pid.length > 15 || (flag !== "0" && flag !== "1" && flag !== "2")) return null;
  return { pid, day, type: start.slice(pid.length + day.length + 2, -1), orderNo, stamp, department, flag, name };
}
