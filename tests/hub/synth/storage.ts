import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type Region, type Written, writeRegion } from "../../../src/hub/synth/index.ts";

export interface TestFile {
  readonly facility: string;
  /** Inside the facility's root. */
  readonly path: string;
  /** Of the file, or of the folder that a document lies in. */
  readonly name: string;
  /** What lies inside that folder; "" for a message. */
  readonly inside: string;
  readonly type: string;
  readonly flag: string;
  readonly bytes: Buffer;
  readonly text: string;
  readonly segments: readonly string[];
}

/** Writes a region into its own temporary folder, reads everything back, and removes the folder. */
export function writtenRegion(
  model: Region,
  faults = false,
): { readonly written: Written; readonly files: readonly TestFile[]; readonly list: string; readonly hash: string } {
  const out = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const written = writeRegion(model, out, { faults });
    const decoder = new TextDecoder("iso-2022-jp");
    const files = model.facilities.flatMap(({ code }) =>
      readdirSync(join(out, code), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry): TestFile => {
          const bytes = readFileSync(join(entry.parentPath, entry.name));
          const path = relative(join(out, code), join(entry.parentPath, entry.name));
          const [, , , , type = "", name = "", inside = ""] = path.split("/");
          const text = /\.(?:xml|pdf)$/.test(inside) ? bytes.toString("utf8") : decoder.decode(bytes);
          return {
            facility: code,
            path,
            name,
            inside,
            type,
            flag: name.slice(-1),
            bytes,
            text,
            segments: text.split("\r").filter((line) => line !== "" && line !== "\x1c"),
          };
        }),
    );
    const hash = createHash("sha256");
    for (const file of [...files].sort((a, b) => (`${a.facility}/${a.path}` < `${b.facility}/${b.path}` ? -1 : 1)))
      hash.update(`${file.facility}/${file.path}\n`).update(file.bytes);
    return { written, files, list: readFileSync(join(out, "facilities.json"), "utf8"), hash: hash.digest("hex") };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

export const field = (segment: string, n: number): string => segment.split("|")[n] ?? "";
