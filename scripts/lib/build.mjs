/** Builds viewer and console when a source has changed since the last build. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, stop } from "./run.mjs";

const inputs = ["src", "public", "index.html", "vite.config.ts", "package-lock.json", "tsconfig.base.json"];
const stamp = "dist/.built-from";

export async function ensureBuilt() {
  const now = hashOf(inputs);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  console.log("› building viewer and console …");
  rmSync(stamp, { force: true });
  for (const mode of ["production", "console"]) {
    const args = ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", ...(mode === "console" ? ["--mode", "console"] : [])];
    if ((await run(process.execPath, args, { env: { ...process.env, NODE_ENV: "production" } })) !== 0)
      stop("the build failed: see the lines above.");
  }
  writeFileSync(stamp, now);
}

function hashOf(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(path).update("\0").update(readFileSync(path));
  };
  for (const path of paths) visit(path);
  return hash.digest("hex");
}
