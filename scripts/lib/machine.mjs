/** Finds what the tests need beside Node, or installs it, or stops with one clear line. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { run, stop } from "./run.mjs";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

function isRoot() {
  return process.getuid?.() === 0;
}

function hasApt() {
  return existsSync("/usr/bin/apt-get");
}

let listsFresh = false;

async function apt(...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
  if (!listsFresh && (await run("apt-get", ["update", "-qq"], quiet)) !== 0) return false;
  listsFresh = true;
  return (await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], quiet)) === 0;
}

/** Path of a Chromium: named by TOMOSHIBI_TEST_CHROMIUM, installed, Debian's package (as root), or Playwright's own. */
export async function findChromium() {
  const named = process.env.TOMOSHIBI_TEST_CHROMIUM;
  if (named !== undefined) return existsSync(named) ? named : stop(`TOMOSHIBI_TEST_CHROMIUM names ${named}, which does not exist.`);
  const found = browsers.find((path) => existsSync(path));
  if (found !== undefined) return found;
  if (isRoot() && hasApt()) {
    console.log("› installing Debian's chromium …");
    if ((await apt("chromium", "fonts-noto-cjk")) && existsSync(browsers[0])) return browsers[0];
  } else {
    console.log("› installing Playwright's chromium …");
    const code = await run(process.execPath, ["node_modules/playwright-core/cli.js", "install", "chromium"]);
    const { chromium } = await import("playwright-core");
    if (code === 0 && existsSync(chromium.executablePath())) return chromium.executablePath();
  }
  return stop(
    "no Chromium for the browser tests: install one and name it in TOMOSHIBI_TEST_CHROMIUM. / ブラウザ試験用の Chromium がありません。",
  );
}

/** Makes PostgreSQL's server programs present unless a test database is named. */
export async function ensurePostgres() {
  if (process.env.TOMOSHIBI_TEST_DATABASE_URL !== undefined || postgresBin() !== null) return;
  if (isRoot() && hasApt()) {
    console.log("› installing Debian's postgresql …");
    if ((await apt("postgresql")) && postgresBin() !== null) return;
  }
  stop("no PostgreSQL for the store tests: install the package `postgresql`, or name a test database in TOMOSHIBI_TEST_DATABASE_URL.");
}

const orthanc = ["/usr/sbin/Orthanc", "/usr/share/orthanc/plugins/libOrthancDicomWeb.so"];

/** Makes the image archive of the DICOMweb tests present: Debian's orthanc with its plugin. */
export async function ensureOrthanc() {
  const present = () => orthanc.every((path) => existsSync(path));
  if (process.env.TOMOSHIBI_TEST_ORTHANC !== undefined || present()) return;
  if (isRoot() && hasApt()) {
    console.log("› installing Debian's orthanc …");
    if ((await apt("orthanc", "orthanc-dicomweb")) && present()) return;
  }
  stop("no Orthanc for the DICOMweb tests: install the packages `orthanc` and `orthanc-dicomweb`.");
}

function postgresBin() {
  const root = "/usr/lib/postgresql";
  if (existsSync(root))
    for (const version of readdirSync(root).sort().reverse())
      if (existsSync(`${root}/${version}/bin/initdb`)) return `${root}/${version}/bin`;
  const config = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  const bin = config.status === 0 ? config.stdout.trim() : "";
  return bin !== "" && existsSync(`${bin}/initdb`) ? bin : null;
}
