/**
 * `npm run bench [-- NAME…]`: one script per figure, each alone in its own process, each ending in one JSON line
 * {"bench","ratio","reference","detail"}. The ratio is against a reference measured in the same run; never a pass or fail.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Figure {
  readonly ratio: number;
  readonly reference: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const here = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(here)
  .filter((file) => file.endsWith(".ts") && file !== "bench.ts")
  .map((file) => file.slice(0, -3));

const [mode, ...rest] = process.argv.slice(2);
if (mode === "--one" && rest[0] !== undefined) {
  const script: { default: () => Promise<Figure> } = await import(`./${rest[0]}.ts`);
  const figure = await script.default();
  process.stdout.write(
    `${JSON.stringify({ bench: rest[0], ratio: Math.round(figure.ratio * 100) / 100, reference: figure.reference, detail: figure.detail })}\n`,
  );
  process.exit(0);
}

const wanted = mode === undefined ? names : [mode, ...rest];
let missing = 0;
for (const name of wanted) {
  if (!names.includes(name)) {
    console.error(`no such bench: ${name}. There are: ${names.join(", ")}`);
    process.exit(2);
  }
  const child = spawnSync(process.execPath, ["--import", "tsx", fileURLToPath(import.meta.url), "--one", name], { stdio: "inherit" });
  if (child.status !== 0) missing += 1;
}
process.exit(missing === 0 ? 0 : 1);
