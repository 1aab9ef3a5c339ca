import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail server on loopback; keeps what came as raw bytes. */
export interface MailServer {
  readonly port: number;
  readonly mails: string[];
  /** Passwords that were said, with whether they were said under TLS. */
  readonly logins: { readonly password: string; readonly secure: boolean }[];
  close(): Promise<void>;
}

export async function mailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const mails: string[] = [];
  const logins: MailServer["logins"] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    closeTimeout: 100,
    onAuth({ password }, session, done) {
      logins.push({ password: password ?? "", secure: session.secure });
      done(null, { user: "hub" });
    },
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => void parts.push(part));
      stream.on("end", () => {
        mails.push(Buffer.concat(parts).toString("utf8"));
        done();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const { port: taken } = server.server.address() as AddressInfo;
  return { port: taken, mails, logins, close: () => new Promise((done) => server.close(() => done())) };
}

/** A mail as its reader sees it: headers and text without their transport encodings. */
export function readMail(raw: string): string {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const headers = head.replace(/\r\n[ \t]+/g, " ").replace(/\?= =\?/g, "?==?");
  const words = headers.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === "B" ? Buffer.from(text, "base64").toString("utf8") : unquoted(text.replaceAll("_", " ")),
  );
  if (/content-transfer-encoding: base64/i.test(head)) return `${words}\n\n${Buffer.from(body, "base64").toString("utf8")}`;
  return `${words}\n\n${/quoted-printable/i.test(head) ? unquoted(body.replace(/=\r\n/g, "")) : body}`;
}

function unquoted(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
}

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook's receiver on loopback. `answer` says the status of each request, or "hang", or where to redirect. */
export async function hookServer(answer: (posted: Posted) => number | "hang" | { readonly location: string } = () => 200, port = 0) {
  const posts: Posted[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => void parts.push(part));
    request.on("end", () => {
      const posted = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(parts).toString("utf8") };
      posts.push(posted);
      const said = answer(posted);
      if (said === "hang") return;
      if (typeof said === "number") response.writeHead(said).end();
      else response.writeHead(307, said).end();
    });
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const { port: taken } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { port: taken, url: `http://127.0.0.1:${taken}/hook`, posts, close };
}
