import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { utf8 } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { writeOnce } from "./files.ts";

/** JSON object of a key file, made (mode 0600) when there is none; of two that make it at once, both read the first. Errors: "keys-malformed". */
export async function readOrMake(path: string, make: () => Promise<object>): Promise<object> {
  const known = await readObject(path);
  if (known !== null) return known;
  await writeOnce(path, utf8(`${JSON.stringify(await make(), null, 2)}\n`), 0o600);
  return (await readObject(path)) ?? damaged(path);
}

/** null: there is no such file. */
async function readObject(path: string): Promise<object | null> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    return damaged(path, cause);
  }
  return typeof value === "object" && value !== null ? value : damaged(path);
}

function damaged(path: string, cause?: unknown): never {
  throw new TomoshibiError("keys-malformed", { file: basename(path) }, { cause });
}
