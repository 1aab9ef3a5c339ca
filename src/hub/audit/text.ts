/** A code that FHIR and syslog can carry as it is: no blanks, no surprises. */
export function isCode(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text);
}

/** Words of a member as a FHIR string: control and direction letters replaced, ends trimmed; may be empty. */
export function words(text: string): string {
  return text.replace(/(?![\r\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu, "\ufffd").trim();
}

/** The same in one line. */
export function line(text: string): string {
  return words(text).replace(/\s+/g, " ");
}
