/** Minimal lower layer protocol: one message between VT and FS CR. */

const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;

export type FrameFault = "not-framed" | "too-large" | "not-ended";

/** What some bytes of a connection complete. `fault`: the rest of the connection cannot be understood, whatever `messages` came before. */
export interface Unframed {
  readonly messages: readonly Uint8Array<ArrayBuffer>[];
  readonly fault: FrameFault | null;
}

/**
 * Takes the bytes of one connection as they come, in any portions: attacker-controlled. Bytes between frames are refused but for line ends,
 * as is a VT inside a message and a FS without its CR; a message may hold `most` bytes.
 */
export class Unframer {
  private readonly most: number;
  private parts: Uint8Array[] = [];
  private length = 0;
  private state: "between" | "inside" | "ended" = "between";
  private fault: FrameFault | null = null;

  constructor(most: number) {
    this.most = most;
  }

  /** Whether a message has begun and is not whole. */
  get half(): boolean {
    return this.state !== "between";
  }

  push(bytes: Uint8Array): Unframed {
    const messages: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < bytes.length && this.fault === null; ) at = this.step(bytes, at, messages);
    return { messages, fault: this.fault };
  }

  /** From `at` on; returns where to go on. */
  private step(bytes: Uint8Array, at: number, messages: Uint8Array<ArrayBuffer>[]): number {
    const byte = bytes[at] as number;
    if (this.state === "between") {
      if (byte === VT) this.state = "inside";
      else if (byte !== CR && byte !== 0x0a) this.fault = "not-framed";
      return at + 1;
    }
    if (this.state === "ended") {
      if (byte !== CR) this.fault = "not-ended";
      else messages.push(this.take());
      return at + 1;
    }
    if (byte === VT) {
      this.fault = "not-ended";
      return at + 1;
    }
    const end = endOfText(bytes, at);
    this.length += end - at;
    if (this.length > this.most) this.fault = "too-large";
    else if (end > at) this.parts.push(bytes.slice(at, end));
    if (bytes[end] === FS) {
      this.state = "ended";
      return end + 1;
    }
    return end;
  }

  private take(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.parts = [];
    this.length = 0;
    this.state = "between";
    return whole;
  }
}

/** Position of the next FS or VT, or the end. */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === FS || bytes[at] === VT) return at;
  return bytes.length;
}

export function frame(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(message.length + 3);
  out[0] = VT;
  out.set(message, 1);
  out.set([FS, CR], message.length + 1);
  return out;
}
