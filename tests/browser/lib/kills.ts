/** Killing a real Chromium at any moment, and what its disk says afterwards: the ground of the browser's long kills. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import type { Page } from "playwright-core";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { newProfile, openBrowser } from "./browser.ts";
import { type DemoPlace, makeDemo } from "./demo.ts";
import { hubCommand, type RunningHub, startHub } from "./hub-process.ts";
import { enrol, joinWithPassphrase, waitForHome } from "./steps.ts";

/** The processes of a profile's browser, the browser itself first. */
function processesOf(profile: string): number[] {
  const own = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return own.map(Number).filter((pid) => commandOf(pid).includes(`--user-data-dir=${profile}`));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

/** SIGKILL to all of them: no goodbye, no flush. */
function killBrowser(profile: string): void {
  const pids = processesOf(profile);
  if (pids.length === 0) throw new Error("no browser to kill");
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

export interface StoredEntry {
  readonly chain: string;
  readonly seq: number;
  readonly kind: string;
}

export interface Session {
  readonly page: Page;
  /** How often the danger strip stood on the screen since this browser started. */
  readonly strips: () => number;
  readonly problems: readonly string[];
  close(): Promise<void>;
  /** Returns once nothing of the browser is left. */
  kill(): Promise<void>;
}

export interface KillGround {
  readonly place: DemoPlace;
  readonly hub: RunningHub;
  readonly passphrase: () => string;
  command(...args: string[]): string;
  open(): Promise<Session>;
  /** The device's whole journal as its disk has it. */
  entries(page: Page): Promise<readonly StoredEntry[]>;
  /** Rows in each table of the vault. */
  rows(page: Page): Promise<Readonly<Record<string, number>>>;
  /** A new device in the place of the one before. */
  enrolAnew(): Promise<void>;
  destroy(): Promise<void>;
}

/** A demo region, its hub, and one enrolled device whose browser may be killed. */
export async function killGround(people: number): Promise<KillGround> {
  const place = await makeDemo(people, null);
  const hub = await startHub(place);
  let profile = newProfile();
  let passphrase = "";
  const command = (...args: string[]) => hubCommand(place, ...args);

  const open = async (): Promise<Session> => {
    const { context, page, problems } = await openBrowser(profile);
    let strips = 0;
    page.on("console", (message) => {
      if (message.text() === "strip-shown") strips++;
    });
    // The compiler of this file names every function by a helper that a page does not have.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.addInitScript(() => {
      let shown = false;
      new MutationObserver(() => {
        const now = document.querySelector(".strip-page .strip-class") !== null;
        if (now && !shown) console.debug("strip-shown");
        shown = now;
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(hub.origin);
    return {
      page,
      strips: () => strips,
      problems,
      close: () => context.close(),
      async kill() {
        killBrowser(profile);
        await context.close().catch(() => undefined);
        while (processesOf(profile).length > 0) await new Promise((done) => setTimeout(done, 20));
      },
    };
  };

  const enrolAnew = async (): Promise<void> => {
    rmSync(profile, { recursive: true, force: true });
    profile = newProfile();
    const code: { code: string } = JSON.parse(command("enrol", "create", "--preapproved", "--json"));
    const member = place.staff[0];
    const id =
      command("staff", "list")
        .split("\n")
        .find((line) => line.includes(member?.name ?? "?"))
        ?.split("\t")[0] ?? "";
    const staffCode = command("staff", "code", id).trim();
    const { page, close } = await open();
    await enrol(page, code.code, "タブレット");
    passphrase = await joinWithPassphrase(page, member?.name ?? "", staffCode);
    await waitForHome(page, place.people);
    await close();
  };
  await enrolAnew();

  return {
    place,
    hub,
    passphrase: () => passphrase,
    command,
    open,
    enrolAnew,
    entries: async (page) => {
      const stored = await page.evaluate(readJournal);
      return Promise.all(
        stored.map(async ({ chain, seq, bytes }) => ({ chain, seq, kind: (await parseEntry(Uint8Array.from(bytes))).header.kind })),
      );
    },
    rows: (page) => page.evaluate(countVault),
    async destroy() {
      await hub.kill();
      execFileSync("rm", ["-rf", profile, place.data]);
    },
  };
}

/** Runs in the page: raw, without the app's own code. */
async function readJournal(): Promise<{ chain: string; seq: number; bytes: number[] }[]> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (!names.includes("tomoshibi-journal")) return [];
  const db = await settled(indexedDB.open("tomoshibi-journal"));
  try {
    const rows: { chain: string; seq: number; bytes: Uint8Array }[] = await settled(
      db.transaction("entries").objectStore("entries").getAll(),
    );
    return rows.map(({ chain, seq, bytes }) => ({ chain, seq, bytes: [...bytes] }));
  } finally {
    db.close();
  }
}

async function countVault(): Promise<Record<string, number>> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const db = await settled(indexedDB.open("tomoshibi-vault"));
  try {
    const counts: Record<string, number> = {};
    for (const name of db.objectStoreNames) counts[name] = await settled(db.transaction(name).objectStore(name).count());
    return counts;
  } finally {
    db.close();
  }
}
