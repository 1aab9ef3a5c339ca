/** Order of dates as sent, newest first, unknown ones last. */
export function newestFirst(a: string | null, b: string | null): number {
  const left = a ?? "";
  const right = b ?? "";
  return left === right ? 0 : left < right ? 1 : -1;
}
