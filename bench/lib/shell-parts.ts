/** What the built viewer weighs: the files that the lock screen waits for, and those that come when their screen is asked for. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export interface ShellPart {
  readonly file: string;
  /** Bytes as the wire carries them. */
  readonly gzip: number;
}

export interface ShellParts {
  /** index.html with every script, preload and style sheet it names: fetched before the lock screen stands. */
  readonly first: readonly ShellPart[];
  /** Cached by the worker beside it, and evaluated when they are needed. */
  readonly lazy: readonly ShellPart[];
}

const code = /\.(?:js|css|html|wasm|webmanifest)$/;

/** @param folder dist/viewer. Pictures and the worker itself, which draws nothing, are left out. */
export function shellParts(folder: string): ShellParts {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const named = [...page.matchAll(/<(?:script|link)\b[^>]*?\s(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, file = ""]) => file);
  const first = new Set(["index.html", ...named]);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => code.test(file) && file !== "worker.js");
  const missing = [...first].filter((file) => !files.includes(file));
  if (missing.length > 0) throw new Error(`index.html names what is not there: ${missing.join(", ")}`);
  const weigh = (file: string): ShellPart => ({ file, gzip: gzipSync(readFileSync(join(folder, file)), { level: 9 }).length });
  const heaviestFirst = (a: ShellPart, b: ShellPart): number => b.gzip - a.gzip || (a.file < b.file ? -1 : 1);
  return {
    first: files
      .filter((file) => first.has(file))
      .map(weigh)
      .sort(heaviestFirst),
    lazy: files
      .filter((file) => !first.has(file))
      .map(weigh)
      .sort(heaviestFirst),
  };
}

export const total = (parts: readonly ShellPart[]): number => parts.reduce((sum, { gzip }) => sum + gzip, 0);

/** As a Markdown table, kB of 1,000 bytes; lazy parts below 1 kB are added up. */
export function partTable({ first, lazy }: ShellParts): string {
  const kB = (bytes: number): string => (bytes / 1000).toFixed(1);
  const row = (when: string, file: string, bytes: number): string => `| ${when} | ${file} | ${kB(bytes)} |`;
  const small = lazy.filter(({ gzip }) => gzip < 1000);
  return [
    "| when | part | gzip kB |",
    "| --- | --- | ---: |",
    ...first.map(({ file, gzip }) => row("first", file, gzip)),
    row("**first**", "**all**", total(first)),
    ...lazy.filter(({ gzip }) => gzip >= 1000).map(({ file, gzip }) => row("later", file, gzip)),
    row("later", `${small.length} parts below 1 kB`, total(small)),
    row("**later**", "**all**", total(lazy)),
  ].join("\n");
}
