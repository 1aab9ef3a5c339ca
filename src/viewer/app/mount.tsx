import { createRoot } from "react-dom/client";
import { systemClock } from "../../shared/clock.ts";
import { makeWords } from "../../words/index.ts";
import type { DrillRun } from "../drill/names.ts";
import { watchInstall } from "../readiness/installOffer.ts";
import { UpdateOffer } from "../update/UpdateOffer.tsx";
import { registerUpdates } from "../update/updates.ts";
import { App } from "./App.tsx";
import type { Core } from "./core.ts";
import { followSystem, readDisplay, showDisplay } from "./display.ts";
import { StartFailed } from "./StartFailed.tsx";

/** Second half of the composition root: words, display, updates and the screens over a core that is being made. */
export function mount(core: Promise<Core>, drill: DrillRun | null): void {
  const reload = () => location.reload();
  const display = readDisplay(localStorage);
  const prefers = (query: string) => matchMedia(query).matches;
  showDisplay(document.documentElement, display, prefers);
  followSystem(window, () => showDisplay(document.documentElement, readDisplay(localStorage), prefers));
  const words = makeWords(display.language);
  const updates = registerUpdates(reload);
  const install = watchInstall(window);

  const root = createRoot(document.getElementById("root") as HTMLElement);
  core.then(
    (ready) => {
      root.render(
        <App
          core={ready}
          words={words}
          now={systemClock.now}
          reload={reload}
          drill={drill}
          install={install}
          updateOffer={<UpdateOffer updates={updates} />}
        />,
      );
    },
    (error: unknown) => {
      console.error("the vault could not be opened", error);
      root.render(<StartFailed words={words} error={error} reload={reload} />);
    },
  );
}
