import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A PostgreSQL server for tests: `database()` makes an empty database and returns its URL. */
export interface TestPostgres {
  database(): Promise<string>;
  /** A new database like the one at this URL, which nobody may be using. */
  copy(url: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * TOMOSHIBI_TEST_DATABASE_URL when set (its user must be allowed to create databases), else a private cluster made from
 * the installed server binaries: a temporary folder, a Unix socket and no network, as `postgres` or `nobody` when we are root.
 * `durable`: commits are synced to disk as in a real server; tests need not wait for that.
 */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const given = process.env.TOMOSHIBI_TEST_DATABASE_URL;
  return given === undefined ? await startCluster(durable) : onServer(given, async () => undefined);
}

function onServer(adminUrl: string, stop: () => Promise<void>): TestPostgres {
  const made: string[] = [];
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const create = async (template: string) => {
    const name = `tomoshibi_test_${randomBytes(6).toString("hex")}`;
    await admin(`create database ${name} template ${template}`);
    made.push(name);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    database: () => create("template1"),
    copy: (url) => create(new URL(url).pathname.slice(1)),
    async stop() {
      for (const name of made) await admin(`drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

async function startCluster(durable: boolean): Promise<TestPostgres> {
  const bin = findBinaries();
  const user = process.getuid?.() === 0 ? unprivileged() : null;
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-pg-"));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const made = spawnSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "tomoshibi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
    { ...user, cwd: folder, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", durable ? "fsync=on" : "fsync=off"],
    {
      ...user,
      cwd: folder,
      stdio: "ignore",
    },
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const adminUrl = `postgresql://tomoshibi@/postgres?host=${encodeURIComponent(folder)}`.replace("@/", "@localhost/");
  await answering(adminUrl);
  return onServer(adminUrl, async () => {
    server.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
}

function findBinaries(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const asked = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  const places = [...versions.map((version) => join(debian, version, "bin")), ...(asked.status === 0 ? [asked.stdout.trim()] : [])];
  const found = places.find((place) => existsSync(join(place, "initdb")) && existsSync(join(place, "postgres")));
  if (found === undefined)
    throw new Error("No PostgreSQL server found: install Debian's package `postgresql`, or set TOMOSHIBI_TEST_DATABASE_URL.");
  return found;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("Running as root, and there is no user `postgres` or `nobody` to run PostgreSQL as.");
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    const up = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end();
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The private PostgreSQL cluster did not answer within 10 seconds.");
}
