import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** A syslog collector on loopback: reads octet-counted messages to the end and closes, as RFC 6587 has it. */
export interface Collector {
  readonly port: number;
  /** Every message read whole, in order. */
  readonly messages: string[];
  /** Connections so far. */
  readonly connections: () => number;
  /** Is gone: connections are reset, nobody listens. */
  kill(): Promise<void>;
}

interface Manners {
  readonly port?: number;
  readonly tls?: TlsOptions;
  /** Takes so many bytes of a connection and then dies. */
  readonly diesAfter?: number;
  /** Reads to the end and never closes. */
  readonly clings?: boolean;
}

export async function collect({ port = 0, tls, diesAfter, clings = false }: Manners = {}): Promise<Collector> {
  const messages: string[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  let server: Server;
  const serve = (socket: Socket) => {
    count++;
    sockets.add(socket);
    let held = Buffer.alloc(0);
    let read = 0;
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.on("end", () => {
      if (!clings) socket.end();
    });
    socket.on("data", (bytes: Buffer) => {
      read += bytes.length;
      if (diesAfter !== undefined && read > diesAfter) {
        server.close();
        for (const one of sockets) one.resetAndDestroy();
        return;
      }
      held = take(Buffer.concat([held, bytes]), messages);
    });
  };
  server = tls === undefined ? createServer({ allowHalfOpen: true }, serve) : createTlsServer({ ...tls, allowHalfOpen: true }, serve);
  // Also connections whose handshake never ended.
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    connections: () => count,
    kill: async () => {
      for (const socket of sockets) socket.resetAndDestroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** Whole messages leave the buffer; the rest stays. */
function take(bytes: Buffer, messages: string[]): Buffer<ArrayBuffer> {
  let rest = bytes;
  for (;;) {
    const blank = rest.indexOf(0x20);
    const length = blank < 0 ? Number.NaN : Number(rest.subarray(0, blank).toString("ascii"));
    if (blank > 0 && !/^[1-9]\d*$/.test(rest.subarray(0, blank).toString("ascii"))) throw new Error("no octet count");
    if (!(length <= rest.length - blank - 1)) return Buffer.from(rest);
    messages.push(rest.subarray(blank + 1, blank + 1 + length).toString("utf8"));
    rest = rest.subarray(blank + 1 + length);
  }
}

/** One message per datagram. */
export async function collectUdp(): Promise<{ port: number; messages: string[]; close(): Promise<void> }> {
  const messages: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (bytes) => void messages.push(bytes.toString("utf8")));
  await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
  return { port: socket.address().port, messages, close: () => new Promise((done) => socket.close(() => done())) };
}

/** Parts of a message of RFC 5424 by its grammar; throws where it is none. */
export function parseSyslog(message: string) {
  const [, pri, time, host, app, proc, id, sd, text] =
    /^<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) ((?:\[(?:[^\]"\\]|"(?:[^"\\\]]|\\["\\\]])*")*\])+|-)(?: (.*))?$/su.exec(
      message,
    ) ?? [];
  if (pri === undefined || sd === undefined) throw new Error(`not RFC 5424: ${message}`);
  const data = Object.fromEntries(
    [...sd.matchAll(/ (\w+)="((?:[^"\\\]]|\\["\\\]])*)"/g)].map(([, name, value]) => [name, value?.replace(/\\(["\\\]])/g, "$1")]),
  ) as Readonly<Record<string, string>>;
  return { facility: Number(pri) >> 3, severity: Number(pri) & 7, time, host, app, proc, id, data, text };
}

/** Waits until something holds. */
export async function until(holds: () => boolean, ms = 45_000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error("waited in vain");
    await new Promise((done) => setTimeout(done, 10));
  }
}
