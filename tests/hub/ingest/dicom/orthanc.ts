import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A private Orthanc with its DICOMweb plugin: own folder, own port on this machine, no DICOM port. */
export interface TestOrthanc {
  /** DICOMweb base, with a name and password in it. */
  readonly url: string;
  readonly base: string;
  upload(bytes: Uint8Array): Promise<void>;
  /** Removes a study as its archive would. */
  removeStudy(uid: string): Promise<void>;
  stop(): Promise<void>;
}

const programs = ["/usr/sbin/Orthanc", "/usr/bin/Orthanc", "/usr/local/sbin/Orthanc"];
const plugins = ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so", "/usr/local/share/orthanc/plugins/libOrthancDicomWeb.so"];

/** Debian's packages `orthanc` and `orthanc-dicomweb`, or the program that TOMOSHIBI_TEST_ORTHANC names. Fails with one clear line where there is none. */
export async function startOrthanc(): Promise<TestOrthanc> {
  const named = process.env.TOMOSHIBI_TEST_ORTHANC;
  const program = named ?? programs.find((path) => existsSync(path));
  const plugin = plugins.find((path) => existsSync(path));
  if (program === undefined || plugin === undefined)
    throw new Error("No Orthanc with DICOMweb found: install Debian's packages `orthanc` and `orthanc-dicomweb` (npm test does, as root).");
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-orthanc-"));
  const port = await freePort();
  const config = join(folder, "orthanc.json");
  const log = join(folder, "log");
  writeFileSync(
    config,
    JSON.stringify({
      Name: "test",
      StorageDirectory: folder,
      IndexDirectory: folder,
      HttpPort: port,
      RemoteAccessAllowed: false,
      AuthenticationEnabled: true,
      RegisteredUsers: { reader: "p@ss word" },
      DicomServerEnabled: false,
      DefaultEncoding: "Utf8",
      Plugins: [plugin],
      DicomWeb: { Enable: true, Root: "/dicom-web/", StudiesMetadata: "Full", SeriesMetadata: "Full" },
    }),
  );
  const server = spawn(program, [`--logfile=${log}`, config], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
    server.once("error", () => resolve());
  });
  const headers = { authorization: `Basic ${Buffer.from("reader:p@ss word").toString("base64")}` };
  const root = `http://127.0.0.1:${port}`;
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answering(`${root}/dicom-web/studies`, headers, server);
  } catch (error) {
    const said = existsSync(log) ? readFileSync(log, "utf8").slice(-2000) : "";
    await stop();
    throw new Error(`Orthanc did not answer: ${String(error)}\n${said}`);
  }
  const ask = async (path: string, init: RequestInit) => {
    const answer = await fetch(`${root}${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`Orthanc ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  return {
    base: `${root}/dicom-web`,
    url: `http://reader:${encodeURIComponent("p@ss word")}@127.0.0.1:${port}/dicom-web`,
    async upload(bytes) {
      await ask("/instances", { method: "POST", body: new Uint8Array(bytes) });
    },
    async removeStudy(uid) {
      const found = (await ask("/tools/lookup", { method: "POST", body: uid })) as { ID: string; Type: string }[];
      for (const { ID, Type } of found) if (Type === "Study") await ask(`/studies/${ID}`, { method: "DELETE" });
    },
    stop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function answering(url: string, headers: Record<string, string>, server: ChildProcess): Promise<void> {
  let last: unknown = null;
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`ended with ${server.exitCode}`);
    const answer = await fetch(url, { headers: { ...headers, accept: "application/dicom+json" } }).catch((error: unknown) => {
      last = error;
      return null;
    });
    if (answer !== null && (answer.status === 200 || answer.status === 204)) return;
    last = answer?.status ?? last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no answer within 30 seconds: ${String(last)}`);
}
