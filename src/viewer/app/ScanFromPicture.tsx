import { useId, useState } from "react";
import { useMoreWords } from "../../words/react.ts";
import { scanEn } from "../../words/scan-en.ts";
import { scanJa } from "../../words/scan-ja.ts";
import { type CodeFormat, makeQrReader } from "./readQr.ts";

/** Large photos are drawn no wider than this: enough for a code that fills a third of the picture, and bounded in memory. */
const widest = 2400;

interface PictureProps {
  readonly formats: readonly CodeFormat[];
  readonly onText: (text: string) => void;
}

/** The way round a camera that is refused or broken: a photo taken by the system's own camera, or a file. It never leaves this page. */
export function ScanFromPicture({ formats, onText }: PictureProps) {
  const { t } = useMoreWords("scan", scanJa, scanEn);
  const id = useId();
  const [trouble, setTrouble] = useState<"photoNothing" | "photoFailed" | null>(null);
  const look = async (file: File) => {
    const read = await makeQrReader(formats);
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, widest / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) return setTrouble("photoFailed");
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const text = await read(context.getImageData(0, 0, canvas.width, canvas.height), canvas);
    if (text === null) setTrouble("photoNothing");
    else onText(text);
  };
  return (
    <div className="stack">
      <label className="button button-plain" htmlFor={id}>
        {t("photo")}
      </label>
      <input
        id={id}
        className="hidden-label"
        type="file"
        accept="image/*"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          setTrouble(null);
          // A picture that the browser cannot open is said; what it was does not matter.
          if (file !== undefined) look(file).catch(() => setTrouble("photoFailed"));
        }}
      />
      {trouble === null ? null : <p role="alert">{t(trouble)}</p>}
    </div>
  );
}
