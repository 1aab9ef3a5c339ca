/**
 * The word for a code that a device sent, or the code itself where there is none. Only words of the table's own: a device may send
 * "__proto__", and what that finds would take the page down before the reviewer sees the opening.
 */
export function named(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}
