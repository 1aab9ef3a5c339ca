import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The module's own file: in a browser it is fetched from beside the page. */
export function wasmOf(part: "reader" | "writer"): ArrayBuffer {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(`zxing-wasm/${part}/zxing_${part}.wasm`));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
