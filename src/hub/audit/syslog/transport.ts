import { createSocket } from "node:dgram";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type Bytes, concat } from "../../../shared/bytes.ts";
import type { SyslogTarget } from "../../config-senders.ts";
import { octetCounted } from "./message.ts";

export interface Patience {
  /** For each step: connection, sending, the collector's closing. */
  readonly stepMs: number;
  /** Between the last byte sent and the end of our side: longer than a round trip, so that a collector that is gone is found out. */
  readonly settleMs: number;
}

/** Sends messages in their order; resolves when they count as taken. Rejects when that is not known: then they are sent again. */
export type Deliver = (messages: readonly Bytes[], signal: AbortSignal) => Promise<void>;

/**
 * Syslog knows no receipt. Over TCP and TLS each batch has a connection of its own: sent, then our side is closed, and only when the
 * collector closes its side too, in order, has it read to the end. A collector that ends before, is reset, or does not close counts as not
 * having taken anything. UDP may lose whatever it likes.
 */
export function syslogDelivery(target: SyslogTarget, patience: Patience): Deliver {
  if (target.protocol === "udp") return (messages, signal) => overUdp(target, messages, patience, signal);
  return (messages, signal) => overStream(target, concat(...messages.map(octetCounted)), patience, signal);
}

/** A delivery that is not known to have arrived. Code: slow, stopped, ended-early, or that of the network. */
export class Undelivered extends Error {
  readonly code: string;
  constructor(code: string, options?: ErrorOptions) {
    super(code, options);
    this.name = "Undelivered";
    this.code = code;
  }
}

function overStream(target: SyslogTarget, bytes: Bytes, { stepMs, settleMs }: Patience, signal: AbortSignal): Promise<void> {
  const { host, port } = target;
  const secured = target.protocol === "tls";
  const half = { host, port, allowHalfOpen: true };
  const named = { ...half, minVersion: "TLSv1.2", ...(isIP(host) === 0 ? { servername: host } : {}) } as const;
  const socket: Socket = secured ? connectTls(named) : connect(half);
  return new Promise((done, failed) => {
    let timer: NodeJS.Timeout | undefined;
    let closing = false;
    const settle = (fault: Undelivered | null) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      socket.destroy();
      if (fault === null) done();
      else failed(fault);
    };
    const stop = () => settle(new Undelivered("stopped"));
    const step = (ms: number, then: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(then, ms);
    };
    const slow = () => settle(new Undelivered("slow"));
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) return stop();
    step(stepMs, slow);
    socket.on("error", (cause: NodeJS.ErrnoException) => settle(new Undelivered(cause.code ?? "broken", { cause })));
    socket.on("close", () => settle(new Undelivered("ended-early")));
    // Whatever a collector says is read, and means nothing.
    socket.on("data", () => undefined);
    socket.on("end", () => settle(closing ? null : new Undelivered("ended-early")));
    socket.once(secured ? "secureConnect" : "connect", () => {
      step(stepMs, slow);
      socket.write(bytes, () =>
        step(settleMs, () => {
          closing = true;
          step(stepMs, slow);
          socket.end();
        }),
      );
    });
  });
}

/** Pauses now and then: a burst would overrun the receiver's buffer. */
const burst = 20;

async function overUdp(target: SyslogTarget, messages: readonly Bytes[], { settleMs }: Patience, signal: AbortSignal): Promise<void> {
  const socket = createSocket(isIP(target.host) === 6 ? "udp6" : "udp4");
  let fault: NodeJS.ErrnoException | null = null;
  socket.on("error", (error) => {
    fault = error;
  });
  const check = () => {
    if (fault !== null) throw new Undelivered(fault.code ?? "broken", { cause: fault });
    if (signal.aborted) throw new Undelivered("stopped");
  };
  try {
    // Connected, so that "nobody listens there" comes back where the network says so.
    await new Promise<void>((done, failed) => {
      socket.once("error", failed);
      socket.connect(target.port, target.host, () => {
        socket.off("error", failed);
        done();
      });
    }).catch((cause: NodeJS.ErrnoException) => {
      throw new Undelivered(cause.code ?? "broken", { cause });
    });
    for (const [i, message] of messages.entries()) {
      await new Promise<void>((done) => socket.send(message, () => done()));
      if (i % burst === burst - 1) await new Promise((done) => setTimeout(done, 5));
      check();
    }
    await new Promise((done) => setTimeout(done, Math.min(settleMs, 100)));
    check();
  } finally {
    socket.close();
  }
}
