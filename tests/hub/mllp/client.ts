import { connect, type Socket } from "node:net";
import Encoding from "encoding-japanese";

/** A sender of another make: raw bytes over a real socket, and what came back by frames. */
export interface Peer {
  readonly socket: Socket;
  send(bytes: Uint8Array | string): void;
  /** The next whole answer, its text decoded as ISO-2022-JP or UTF-8. */
  next(): Promise<string>;
  /** Resolves when the other side has ended. */
  readonly closed: Promise<void>;
  /** Bytes that belong to no whole answer yet. */
  rest(): Buffer;
}

export async function dial(port: number): Promise<Peer> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  let waiting: Buffer = Buffer.alloc(0);
  let wake: () => void = () => undefined;
  socket.on("data", (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    wake();
  });
  socket.on("error", () => undefined);
  const closed = new Promise<void>((done) => {
    socket.once("close", () => {
      done();
      wake();
    });
  });
  await new Promise<void>((done, failed) => socket.once("connect", () => done()).once("error", failed));
  return {
    socket,
    closed,
    rest: () => waiting,
    send: (bytes) => socket.write(bytes),
    async next() {
      for (;;) {
        const end = waiting.indexOf(Buffer.from([0x1c, 0x0d]));
        if (end >= 0) {
          const message = waiting.subarray(1, end);
          if (waiting[0] !== 0x0b) throw new Error("an answer without VT");
          waiting = waiting.subarray(end + 2);
          return decoded(message);
        }
        if (socket.destroyed) throw new Error(`closed after ${waiting.length} bytes`);
        await new Promise<void>((done) => {
          wake = done;
        });
      }
    },
  };
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder(bytes.includes(0x1b) ? "iso-2022-jp" : "utf-8", { fatal: true }).decode(bytes);
}

/** Frame around a message in ISO-2022-JP, as Japanese systems send. */
export function framed(message: string, to: "JIS" | "UTF8" | "SJIS" = "JIS"): Uint8Array {
  const bytes =
    to === "UTF8" ? Buffer.from(message) : Buffer.from(Encoding.convert(Encoding.stringToCode(message), { from: "UNICODE", to }));
  return Buffer.concat([Buffer.from([0x0b]), bytes, Buffer.from([0x1c, 0x0d])]);
}

export function query(type: "Q22" | "Q23", segments: readonly string[], { id = "0001", charset = "~ISO IR87" } = {}): string {
  const structure = type === "Q22" ? "QBP_Q21" : "QBP_Q21";
  return `${[`MSH|^~\\&|CLIENT|CLINIC|HUB|REGION|20261120120000||QBP^${type}^${structure}|${id}|P|2.5||||||${charset}`, ...segments].join("\r")}\r`;
}

/** Segments of an answer by name, in order. */
export function segmentsOf(answer: string, name: string): string[] {
  return answer.split("\r").filter((line) => line.startsWith(`${name}|`));
}
