import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/react.ts";
import { type CameraTrouble, openCamera, setTorch } from "./camera.ts";
import { type CodeFormat, makeQrReader } from "./readQr.ts";
import { ScanFromPicture } from "./ScanFromPicture.tsx";

interface ScannerProps {
  readonly title?: string;
  /** What to hold before the camera. */
  readonly aim?: string;
  /** The way without a camera. */
  readonly type?: string;
  readonly formats?: readonly CodeFormat[];
  readonly onText: (text: string) => void;
  readonly onType: () => void;
}

const everyMs = 80;
const onlyQr = ["QRCode"] as const;

/** The camera, looking for one code; without more said, an enrolment code. No camera, or none allowed: that in words, and the typed way. Pictures never leave this page. */
export function Scanner({ title, aim, type, formats = onlyQr, onText, onType }: ScannerProps) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const found = useRef(onText);
  found.current = onText;
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const [running, setRunning] = useState(false);
  const [torch, setTorchOn] = useState(false);

  useEffect(() => {
    let over = false;
    const look = async () => {
      const [opened, read] = await Promise.all([openCamera(navigator.mediaDevices), makeQrReader(formats)]);
      if (typeof opened === "string") return setTrouble(opened);
      stream.current = opened;
      const element = video.current;
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (over || element === null || context === null) return stopStream(opened);
      element.srcObject = opened;
      await element.play();
      setRunning(true);
      while (!over) {
        if (element.videoWidth > 0) {
          canvas.width = element.videoWidth;
          canvas.height = element.videoHeight;
          context.drawImage(element, 0, 0);
          const text = await read(context.getImageData(0, 0, canvas.width, canvas.height), canvas);
          if (text !== null && !over) return found.current(text);
        }
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    };
    look().catch((error: unknown) => {
      console.error("scanner stopped", error);
      if (!over) setTrouble("failed");
    });
    return () => {
      over = true;
      if (stream.current !== null) stopStream(stream.current);
      stream.current = null;
    };
  }, [formats]);

  const switchTorch = () => {
    const on = !torch;
    if (stream.current === null) return;
    setTorch(stream.current, on).then(
      (switched) => setTorchOn(switched && on),
      (error: unknown) => console.info("no torch", error),
    );
  };

  return (
    <main className="screen">
      <h1>{title ?? t("scan.title")}</h1>
      {trouble === null ? (
        <>
          <p role="status">{running ? (aim ?? t("scan.aim")) : t("scan.starting")}</p>
          <video ref={video} className="viewfinder" muted playsInline aria-label={aim ?? t("scan.aim")} />
          <Button onPress={switchTorch} disabled={!running}>
            {t("scan.torch")}
          </Button>
        </>
      ) : (
        <Notice kind="warn" title={t(`scan.${trouble}`)} live />
      )}
      <ScanFromPicture formats={formats} onText={(text) => found.current(text)} />
      <Button kind={trouble === null ? "plain" : "main"} onPress={onType}>
        {type ?? t("scan.type")}
      </Button>
    </main>
  );
}

function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
