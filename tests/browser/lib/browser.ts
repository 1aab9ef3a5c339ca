/** A real Chromium with a profile on disk, so that "close and reopen the browser" means what it says. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

/** What a Chromium on a test machine needs; it also keeps it from calling home. */
export const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface OpenOptions {
  viewport?: { width: number; height: number };
  locale?: string;
  colorScheme?: "light" | "dark";
  /** More of Chromium's own arguments. */
  args?: readonly string[];
}

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), "tomoshibi-profile-"));
}

/** Opens the profile; the first page is ready, and errors of the page are collected in `problems`. */
export async function openBrowser(
  profile: string,
  options: OpenOptions = {},
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.TOMOSHIBI_TEST_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [...chromiumArgs, ...(options.args ?? [])],
    viewport: options.viewport ?? { width: 1180, height: 820 },
    locale: options.locale ?? "ja-JP",
    colorScheme: options.colorScheme ?? "light",
    timezoneId: "Asia/Tokyo",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("net::ERR_")) problems.push(message.text());
  });
  return { context, page, problems };
}
