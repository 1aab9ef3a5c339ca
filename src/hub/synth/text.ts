/** Small text and calendar helpers of the generator. Days are YYYYMMDD. */

/** ASCII as full-width letters, as many hospital masters are written. */
export function wide(value: number | string): string {
  return String(value).replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

export function ageAt(birth: string, today: string): number {
  return Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (today.slice(4) < birth.slice(4) ? 1 : 0);
}

export function addDays(day: string, days: number): string {
  const at = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)) + days));
  return at.toISOString().slice(0, 10).replaceAll("-", "");
}

export function padded(value: number | string, width: number): string {
  return String(value).padStart(width, "0");
}
