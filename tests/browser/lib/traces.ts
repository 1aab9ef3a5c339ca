/** What a page must leave nowhere, and what must not happen in it; looked for in a real Chromium. */
import type { BrowserContext, Page } from "playwright-core";

declare global {
  /** Set by a script that got in. */
  var inside: unknown;
  var misdeeds: string[] | undefined;
}

/** Watches every page of the browser from now on. */
export async function watched(context: BrowserContext, origins: readonly string[]): Promise<{ misdeeds(): Promise<string[]> }> {
  const seen: string[] = [];
  const own = new Set(origins.map((origin) => new URL(origin).origin));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && !own.has(url.origin)) seen.push(`request ${url.origin}`);
  });
  context.on("dialog", (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("console", (message) => {
    // The console asks whether somebody is signed in; the browser itself names the 401 that says no. Its advice on forms is its own too,
    // and its remark that an app waits with the offer to be installed.
    if (!/status of 401|^Banner not shown: beforeinstallpromptevent/.test(message.text()) && (message.type() as string) !== "verbose")
      seen.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => seen.push(`error ${error.error().message}`));
  await context.addInitScript(() => {
    const noted = [] as string[];
    globalThis.misdeeds = noted;
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
      noted.push(`violation ${effectiveDirective} ${blockedURI}`),
    );
    const clipboard = Object.getPrototypeOf(navigator.clipboard ?? {}) as Record<string, unknown>;
    for (const name of ["writeText", "write", "readText", "read"])
      clipboard[name] = () => {
        noted.push(`clipboard ${name}`);
        return Promise.reject(new Error("watched"));
      };
    document.addEventListener("copy", () => noted.push("clipboard copy"));
    const told = () => noted.push("notification");
    Object.defineProperty(globalThis, "Notification", {
      value: class extends EventTarget {
        constructor() {
          super();
          told();
        }
        static permission = "default";
        static async requestPermission() {
          told();
          return "denied";
        }
      },
    });
  });
  return {
    misdeeds: async () => {
      const inPages = await Promise.all(
        context
          .pages()
          .map((page) =>
            page.evaluate(() => [
              ...(globalThis.misdeeds ?? []),
              ...("inside" in globalThis ? [`inside ${String(globalThis.inside)}`] : []),
            ]),
          ),
      );
      return [...seen, ...inPages.flat()];
    },
  };
}

/** Throws, naming the place, when one of these words stands where a browser keeps or shows it beyond the page, or where it would remember it. */
export async function traceless(page: Page, words: readonly string[]): Promise<void> {
  const needles = words.flatMap((word) => [word, word.split(/[\s<"'{$&＜_]/)[0] ?? ""]).filter((word) => word.length >= 2);
  const places = await page.evaluate(async () => {
    const caching = await Promise.all(
      (await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        const kept = await Promise.all(
          (await cache.keys()).map(async (request) => [request.url, await (await cache.match(request))?.text()]),
        );
        // The program itself has words in it; what is looked for is what it was not built with.
        return kept.filter(
          ([url = ""]) => !/\.(?:js|css|html|svg|webmanifest|wasm)(?:\?|$)/.test(url) || /\/(?:api|packs|bundles)\//.test(url),
        );
      }),
    );
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")].filter(
      ({ type }) => !["radio", "checkbox", "file", "range", "submit", "button"].includes(type),
    );
    // The mark of enrolment names site and device as the bar of every screen does: those words and no other may stand there.
    const bar = document.querySelector(".bar-site")?.textContent ?? "";
    const namesThisDevice = (key: string, value: string) => key === "tomoshibi-enrolled" && value.replace("\n", " ") === bar;
    return {
      title: document.title,
      address: [location.href, document.referrer, document.URL].join(" "),
      state: JSON.stringify(history.state ?? null),
      cache: JSON.stringify(caching),
      storage: JSON.stringify([
        Object.entries(localStorage).filter(([key, value]) => !namesThisDevice(key, value)),
        Object.entries(sessionStorage),
        document.cookie,
      ]),
      name: window.name,
      resources: performance
        .getEntries()
        .map(({ name }) => name)
        .join(" "),
      description: document.head.innerHTML,
      autocomplete: fields.filter(({ autocomplete }) => !["off", "new-password"].includes(autocomplete)).map(({ outerHTML }) => outerHTML),
    };
  });
  const { autocomplete, ...texts } = places;
  const found = Object.entries(texts).flatMap(([place, text]) => {
    const read = `${text} ${decoded(text)}`;
    return needles.filter((word) => read.includes(word)).map((word) => `${place}: ${word}`);
  });
  found.push(...autocomplete.map((field) => `autocomplete: ${field}`));
  if (found.length > 0) throw new Error(`left behind in ${[...new Set(found)].join("; ")}`);
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (part) => {
    try {
      return decodeURIComponent(part);
    } catch (error) {
      if (error instanceof URIError) return part;
      throw error;
    }
  });
}
