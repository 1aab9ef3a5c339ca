/** What stands on our own paper and on hospital cards (NW-7 is Codabar). */
export const codeFormats = ["QRCode", "Code128", "Codabar", "ITF"] as const;
export type CodeFormat = (typeof codeFormats)[number];

/** Text of the code in a picture, or null. */
export type ReadQr = (picture: ImageData, canvas: HTMLCanvasElement) => Promise<string | null>;

/**
 * The reader: ZXing's C++ port with its own wasm file beside this page (its default is a foreign server, which the page's policy forbids).
 * Without WebAssembly the much weaker JavaScript reader is loaded instead.
 */
export async function makeQrReader(formats: readonly CodeFormat[] = ["QRCode"]): Promise<ReadQr> {
  if (typeof WebAssembly === "undefined") {
    const { BrowserMultiFormatReader } = await import("@zxing/browser");
    const reader = new BrowserMultiFormatReader();
    return async (_, canvas) => {
      try {
        return reader.decodeFromCanvas(canvas).getText();
      } catch (error) {
        // The reader throws for every picture without a code in it.
        if (error instanceof Error && /NotFound|Checksum|Format/.test(error.name)) return null;
        throw error;
      }
    };
  }
  const [{ prepareZXingModule, readBarcodes }, { default: wasmUrl }] = await Promise.all([
    import("zxing-wasm/reader"),
    import("zxing-wasm/reader/zxing_reader.wasm?url"),
  ]);
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  return async (picture) => {
    const found = await readBarcodes(picture, { formats: [...formats], tryHarder: true, maxNumberOfSymbols: 1 });
    return found[0]?.isValid === true ? found[0].text : null;
  };
}
