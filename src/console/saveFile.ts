import { fromBase64Url } from "../shared/bytes.ts";
import { TomoshibiError } from "../shared/error.ts";
import type { ExportedFile } from "../shared/protocol/notesConsole.ts";

/** Hands a file to the browser's downloads. It never has an address of its own, and the page forgets it at once. */
export function saveFile({ name, type, bytes }: ExportedFile): void {
  const content = fromBase64Url(bytes);
  if (content === null) throw new TomoshibiError("hub-answer-bad", { field: "bytes" });
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
