/** Letters of an enrolment code: Crockford base32, 40 bytes. */
export const codeLetters = 64;

/** What was typed or scanned, as letters only: case, spaces and hyphens do not matter; O is 0, I and L are 1. */
export function codeLettersOf(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-‐‑‒–—―ー−_.,、。]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
}

/** The letters in groups of five, as they stand on the operator's sheet. */
export function groupsOfFive(letters: string): string {
  return letters.replace(/(.{5})(?=.)/g, "$1-");
}
