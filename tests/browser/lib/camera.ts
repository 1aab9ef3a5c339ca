/** A camera that shows one QR code, for Chromium's `--use-file-for-fake-video-capture`: raw frames, no encoder needed. */
import { writeFileSync } from "node:fs";
import QRCode from "qrcode";

const width = 640;
const height = 480;
/** As a print held at arm's length: a third of the picture's height is margin and table. */
const share = 0.66;
const paper = 235;
const ink = 30;
const table = 128;

/** Writes a Y4M film of a few still frames; returns Chromium's arguments that put it in front of the camera. */
export function cameraShowing(text: string, file: string): string[] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const scale = Math.floor((height * share) / (modules.size + 8));
  const side = (modules.size + 8) * scale;
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const luma = Buffer.alloc(width * height, table);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [column, row] = [Math.floor(x / scale) - 4, Math.floor(y / scale) - 4];
      const inside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
      luma[(top + y) * width + left + x] = inside && modules.get(row, column) ? ink : paper;
    }
  }
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, Buffer.alloc((width * height) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([head, ...Array.from({ length: 5 }, () => frame)]));
  return ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${file}`];
}
