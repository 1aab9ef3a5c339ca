import { coreStarted } from "./app/core-start.ts";
import "../ui/base.css";
import "../ui/parts.css";
import "./app/app.css";
import "./chart/chart.css";
import { createRoot } from "react-dom/client";
import { systemClock } from "../shared/clock.ts";
import { makeWords } from "../words/index.ts";
import { App } from "./app/App.tsx";
import { readDisplay, showDisplay } from "./app/display.ts";
import { StartFailed } from "./app/StartFailed.tsx";
import { UpdateOffer } from "./update/UpdateOffer.tsx";
import { registerUpdates } from "./update/updates.ts";

const reload = () => location.reload();
const display = readDisplay(localStorage, (query) => matchMedia(query).matches);
showDisplay(document.documentElement, display);
const words = makeWords(display.language);
const updates = registerUpdates(reload);

const root = createRoot(document.getElementById("root") as HTMLElement);
coreStarted.then(
  (core) => {
    root.render(
      <App
        core={core}
        words={words}
        display={display}
        now={systemClock.now}
        reload={reload}
        updateOffer={<UpdateOffer updates={updates} />}
      />,
    );
  },
  (error: unknown) => {
    console.error("the vault could not be opened", error);
    root.render(<StartFailed words={words} error={error} reload={reload} />);
  },
);
