import type { Language } from "../words/console.ts";

/** "2026-11-20（金）22:45": the day in full with its weekday, 24 hours. A time no calendar knows is shown as the number it is. */
export function when(ms: number, language: Language): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const weekday = new Intl.DateTimeFormat(language, { weekday: "short" }).format(date);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return language === "ja" ? `${day}（${weekday}）${time}` : `${day} (${weekday}) ${time}`;
}
