/** The browser's own offer to install, where it makes one: caught when it comes, shown when a person asks for it. */
export interface InstallOffer {
  offered(): boolean;
  subscribe(listener: () => void): () => void;
  /** True when the person accepted. Nothing happens when nothing is offered. */
  ask(): Promise<boolean>;
}

interface Prompt extends Event {
  prompt(): Promise<unknown>;
  readonly userChoice: Promise<{ readonly outcome: string }>;
}

export function watchInstall(page: Pick<Window, "addEventListener">): InstallOffer {
  const listeners = new Set<() => void>();
  let held: Prompt | null = null;
  const hold = (next: Prompt | null) => {
    held = next;
    for (const listener of listeners) listener();
  };
  page.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    hold(event as Prompt);
  });
  page.addEventListener("appinstalled", () => hold(null));
  return {
    offered: () => held !== null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ask() {
      const prompt = held;
      if (!prompt) return false;
      // A browser takes it once.
      hold(null);
      await prompt.prompt();
      return (await prompt.userChoice).outcome === "accepted";
    },
  };
}

export const systems = ["ios", "android", "desktop"] as const;
export type System = (typeof systems)[number];

/** Which guidance is shown first; the others stand beside it. An iPad says that it is a Macintosh, but has fingers. */
export function systemOf({ userAgent, maxTouchPoints }: Pick<Navigator, "userAgent" | "maxTouchPoints">): System {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return "ios";
  return /Android/.test(userAgent) ? "android" : "desktop";
}
