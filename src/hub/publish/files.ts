import { randomBytes } from "node:crypto";
import { type FileHandle, link, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** The bytes stand under this path, whole and on disk, or not at all; an older file is replaced. */
export async function writeDurably(path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
  const temporary = await writeTemporary(path, bytes, mode);
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** As writeDurably, but the first to write wins: false when something stands there already. */
export async function writeOnce(path: string, bytes: Uint8Array, mode: number): Promise<boolean> {
  const temporary = await writeTemporary(path, bytes, mode);
  try {
    await link(temporary, path);
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Ending of files that a kill may leave behind. */
export const TEMPORARY = ".tmp";

async function writeTemporary(path: string, bytes: Uint8Array, mode: number): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString("hex")}${TEMPORARY}`;
  await withFile(temporary, "wx", mode, async (file) => {
    await file.writeFile(bytes);
    await file.sync();
  });
  return temporary;
}

/** Without it a power loss may forget the name. */
async function syncFolder(folder: string): Promise<void> {
  await withFile(folder, "r", 0, (handle) => handle.sync());
}

async function withFile(path: string, flags: string, mode: number, use: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags, mode);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
