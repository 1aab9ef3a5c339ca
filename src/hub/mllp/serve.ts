import { createServer, type Server, type Socket } from "node:net";
import type { Logger } from "pino";
import { TomoshibiError } from "../../shared/error.ts";
import type { LookupDeps } from "../flow/lookup.ts";
import { noteQuery } from "../flow/queries.ts";
import { secretNamed } from "../store/secret.ts";
import { frame, Unframer } from "./frame.ts";
import { failure, type Responded, respond } from "./respond.ts";
import { type EncodeMessage, messageEncoder } from "./text.ts";

export interface MllpDeps extends LookupDeps {
  readonly log: Logger;
}

export interface MllpOrder {
  /** 0: any free port. */
  readonly port: number;
  /** IP address to listen on. */
  readonly address: string;
}

/** Patience with a connection; tests shorten it. */
export interface MllpLimits {
  /** Between the first byte of a message and its last. */
  readonly messageMs: number;
  /** Without a byte between messages. */
  readonly idleMs: number;
  readonly connections: number;
  readonly messageBytes: number;
}

const usual: MllpLimits = { messageMs: 20_000, idleMs: 300_000, connections: 64, messageBytes: 256 << 10 };

export interface ListeningMllp {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Answers PIX and PDQ queries over MLLP, one at a time on each connection, in the order they came. Plain TCP knows no sender: whoever can
 * reach the address may ask, so it is this machine's own unless the operator says otherwise, and every query is written down.
 * Throws config-port-taken.
 */
export async function listenMllp({ port, address }: MllpOrder, deps: MllpDeps, limits: MllpLimits = usual): Promise<ListeningMllp> {
  const secret = await secretNamed(deps.db, "mllp-pointer");
  const encode = messageEncoder();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    new Connection(socket, deps, limits, encode, secret);
  });
  server.maxConnections = limits.connections;
  server.on("error", (error) => deps.log.error({ err: error }, "mllp server failed"));
  const taken = await listen(server, port, address);
  return {
    port: taken,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      failed(new TomoshibiError("config-port-taken", { port, reason: cause.code ?? "" }, { cause })),
    );
    server.listen(port, address, () => {
      const taken = server.address();
      done(taken === null || typeof taken === "string" ? port : taken.port);
    });
  });
}

class Connection {
  private readonly socket: Socket;
  private readonly deps: MllpDeps;
  private readonly limits: MllpLimits;
  private readonly encode: EncodeMessage;
  private readonly secret: Uint8Array;
  private readonly unframer: Unframer;
  private readonly peer: string;
  private timer: NodeJS.Timeout | undefined;
  private begun = 0;

  constructor(socket: Socket, deps: MllpDeps, limits: MllpLimits, encode: EncodeMessage, secret: Uint8Array) {
    this.socket = socket;
    this.deps = deps;
    this.limits = limits;
    this.encode = encode;
    this.secret = secret;
    this.unframer = new Unframer(limits.messageBytes);
    this.peer = socket.remoteAddress ?? "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes: Buffer) => {
      // No byte more is read until everything in these is answered.
      socket.pause();
      void this.take(bytes);
    });
    socket.on("close", () => clearTimeout(this.timer));
    this.wait();
  }

  private async take(bytes: Buffer): Promise<void> {
    clearTimeout(this.timer);
    const was = this.unframer.half;
    const { messages, fault } = this.unframer.push(bytes);
    if (!was || messages.length > 0) this.begun = this.deps.clock.monotonic();
    for (const message of messages) await this.answer(message);
    if (fault !== null) {
      this.deps.log.warn({ peer: this.peer, fault }, "mllp connection ended");
      this.socket.destroySoon();
      return;
    }
    this.wait();
    this.socket.resume();
  }

  private async answer(message: Uint8Array): Promise<void> {
    if (this.socket.destroyed) return;
    const { text, charset } = await this.responded(message);
    if (!this.socket.write(frame(this.encode(text, charset)))) await this.drained();
  }

  /** Who asks and does not read the answers is not answered further. */
  private drained(): Promise<void> {
    return new Promise((done) => {
      const impatient = setTimeout(() => this.socket.destroy(), this.limits.messageMs);
      const end = () => {
        clearTimeout(impatient);
        this.socket.off("drain", end).off("close", end);
        done();
      };
      this.socket.on("drain", end).on("close", end);
    });
  }

  private async responded(message: Uint8Array): Promise<Pick<Responded, "text" | "charset">> {
    try {
      const answer = await respond(this.deps, message, this.secret);
      const { kind, sender, query } = answer.asking;
      await noteQuery(this.deps, {
        who: `mllp ${this.peer} ${sender}`,
        facility: "",
        kind,
        query,
        found: answer.found,
        outcome: answer.outcome,
      });
      return answer;
    } catch (error) {
      this.deps.log.error({ err: error, peer: this.peer }, "mllp query failed");
      return failure(message, this.deps.clock.now());
    }
  }

  /** A half message must end in time from its beginning, however slowly its bytes drip. */
  private wait(): void {
    if (this.socket.destroyed) return;
    const left = this.unframer.half ? this.limits.messageMs - (this.deps.clock.monotonic() - this.begun) : this.limits.idleMs;
    this.timer = setTimeout(
      () => {
        if (this.unframer.half) this.deps.log.warn({ peer: this.peer, fault: "slow" }, "mllp connection ended");
        this.socket.destroy();
      },
      Math.max(0, left),
    );
  }
}
