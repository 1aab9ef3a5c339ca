/** The synthetic people of a drill (people.json, written by scripts/make-drill-people.ts), checked as what came from a hub would be. */
import { fromBase64Url, fromUtf8, utf8 } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { inflateCapped } from "../../shared/pack/inflate.ts";
import { parsePart } from "../../shared/summary/encode.ts";
import type { PartName, ProtectedPart, RestPart, StripPart } from "../../shared/summary/summary.ts";

export interface DrillPerson {
  /** base64url of 16 bytes. */
  readonly ref: string;
  readonly folded: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly parts: { readonly strip: StripPart; readonly rest: RestPart; readonly protected: ProtectedPart };
}

/** As the script wrote it; each part is checked when it is read. */
interface Stored {
  readonly ref: string;
  readonly folded: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly parts: Readonly<Record<PartName, unknown>>;
}

/** Loaded only when a drill begins. Errors: "summary-malformed", "summary-version-unknown" when the file is older than the program. */
export async function drillPeople(): Promise<readonly DrillPerson[]> {
  const { default: file } = await import("./people.json");
  const people: readonly Stored[] = JSON.parse(fromUtf8(await inflateCapped(fromBase64Url(file.deflated) ?? new Uint8Array(0))));
  return people.map(({ ref, folded, row, parts }) => {
    const part = (name: PartName) => parsePart(utf8(JSON.stringify(parts[name])));
    const [strip, rest, guarded] = [part("strip"), part("rest"), part("protected")];
    if (strip.part !== "strip" || rest.part !== "rest" || guarded.part !== "protected")
      throw new TomoshibiError("summary-malformed", { field: "drill" });
    return { ref, folded, row, parts: { strip, rest, protected: guarded } };
  });
}
