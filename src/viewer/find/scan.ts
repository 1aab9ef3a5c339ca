/** What a scanned text means to this device: pure, and a hint at most. Whoever it points at is still only a Hit; nothing opens by scanning. */
import { readFormId } from "../../shared/protocol/paper.ts";

export type Scanned =
  /** Of a person's sheet: 22 letters, base64url. */
  | { readonly kind: "person"; readonly personRef: string }
  /** Of a downtime form: 26 letters. */
  | { readonly kind: "form"; readonly id: string }
  /** Of a hospital's plain barcode, as it is printed: leading zeros stay. */
  | { readonly kind: "number"; readonly value: string }
  /** An invitation of this product, for a device that belongs nowhere yet. */
  | { readonly kind: "enrolCode" }
  /** Ours by its beginning, but not whole: a form's id whose check fails, a reference cut short. */
  | { readonly kind: "damaged" }
  | { readonly kind: "unknown" };

const ours = /^TMSB1:([PF]):(.*)$/u;
const reference = /^[A-Za-z0-9_-]{21}[AQgw]$/;
/** Codabar (NW-7) readers hand over its start and stop letters; a hospital's number never has them. */
const codabar = /^[A-Da-d](.+)[A-Da-d]$/;
const digits = /^[0-9][0-9-]{2,19}$/;
const enrolment = /^[0-9A-HJKMNP-TV-Z]{64}$/;

/** Tolerant of width, spaces around and a keyboard scanner's upper or lower case; nothing is guessed. */
export function scanned(text: string): Scanned {
  const plain = text.normalize("NFKC").trim();
  const [, mark, rest = ""] = ours.exec(plain) ?? [];
  if (mark === "P") return reference.test(rest) ? { kind: "person", personRef: rest } : { kind: "damaged" };
  if (mark === "F") {
    const id = readFormId(rest);
    return id === null ? { kind: "damaged" } : { kind: "form", id };
  }
  const inner = codabar.exec(plain)?.[1] ?? plain;
  if (digits.test(inner)) return { kind: "number", value: inner };
  if (enrolment.test(plain.toUpperCase().replace(/[\s-]/g, ""))) return { kind: "enrolCode" };
  return { kind: "unknown" };
}
