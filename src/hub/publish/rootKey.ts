import { readFile } from "node:fs/promises";
import { type Bytes, equalBytes, fromBase64Url } from "../../shared/bytes.ts";
import { type Signer, signerOf } from "../../shared/crypto/cose.ts";
import { importSignKey, importVerifyKey } from "../../shared/crypto/sign.ts";
import { TomoshibiError } from "../../shared/error.ts";

/** The root key from its offline medium (in the demo DATA/keys/root.json), for one signature. Errors: "keys-malformed", "keys-root-mismatch". */
export async function openRootKey(path: string, expected: Bytes): Promise<Signer> {
  const pair = await readPair(path);
  if (!equalBytes(pair.publicKey, expected)) throw new TomoshibiError("keys-root-mismatch");
  return await signerOf({ privateKey: await importSignKey(pair.privateKey), publicKey: await importVerifyKey(pair.publicKey) });
}

async function readPair(path: string): Promise<{ readonly privateKey: Bytes; readonly publicKey: Bytes }> {
  const bad = (cause?: unknown) => new TomoshibiError("keys-malformed", { file: "root.json" }, { cause });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw bad(cause);
  }
  const field = (name: string): Bytes => {
    const text: unknown = typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : null;
    const bytes = typeof text === "string" ? fromBase64Url(text) : null;
    if (bytes === null) throw bad();
    return bytes;
  };
  return { privateKey: field("private"), publicKey: field("public") };
}
