import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { utf8 } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { writeOnce } from "./files.ts";

/** JSON of a key file, made (mode 0600) when there is none; of two that make it at once, both read the first. Errors: "keys-malformed". */
export async function readOrMake(path: string, make: () => Promise<object>): Promise<unknown> {
  const known = await readJson(path);
  if (known !== null) return known;
  await writeOnce(path, utf8(`${JSON.stringify(await make(), null, 2)}\n`), 0o600);
  return readJson(path);
}

/** null: there is no such file. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new TomoshibiError("keys-malformed", { file: basename(path) }, { cause });
  }
}
