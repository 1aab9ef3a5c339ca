/** Makes node_modules match package-lock.json, or says in one line why it cannot. */

import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { run, stop } from "./run.mjs";

const marker = "node_modules/.package-lock.json";

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Node ${process.versions.node} is too old: Tomoshibi needs 20.19 or newer. / Node 20.19 以上が必要です。`);
}

export async function ensureInstalled() {
  requireNode();
  const fresh = existsSync(marker) && statSync(marker).mtimeMs >= statSync("package-lock.json").mtimeMs;
  if (!fresh) {
    console.log("› installing packages (the database binding may be compiled: about a minute) …");
    // Not `npm ci`: it refuses a lock file made where a registry lacks the optional packages of other platforms. Versions come from the lock all the same.
    const code = await run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
    if (code !== 0) stop(missingCompiler() ?? "npm install failed: see the lines above. / パッケージを導入できませんでした。");
  }
  const probe = spawnSync(process.execPath, ["-e", "new (require('better-sqlite3'))(':memory:').prepare('select 1').get()"], {
    encoding: "utf8",
  });
  if (probe.status !== 0)
    stop(
      missingCompiler() ??
        `the database binding (better-sqlite3) does not load: ${firstLine(probe.stderr)}. Try: npm rebuild better-sqlite3`,
    );
}

/** better-sqlite3 is compiled where no prebuilt binary can be had. */
function missingCompiler() {
  const missing = ["python3", "make", "g++"].filter((tool) => spawnSync(tool, ["--version"]).status !== 0);
  if (missing.length === 0) return null;
  return `no compiler for the database binding: ${missing.join(", ")} missing. On Debian: apt-get install -y python3 make g++. / データベース部品の組立に必要な ${missing.join("、")} がありません。`;
}

function firstLine(text) {
  return text.split("\n").find((line) => line.includes("Error")) ?? "unknown reason";
}
