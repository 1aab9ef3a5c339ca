import "../ui/base.css";
import "../ui/parts.css";
import "./app/app.css";
import "./chart/chart.css";
import { browserDeps, drillDeps } from "./app/core-browser.ts";
import { readDrill } from "./app/drillMode.ts";
import { makeCore } from "./app/make-core.ts";
import { takeWish } from "./app/wish.ts";

takeWish(location, history, sessionStorage);

// The storage is being opened and verified while React and the screens are still on their way: a cold start does both at once.
const drill = readDrill(sessionStorage);
const core = makeCore(drill === null ? browserDeps() : drillDeps());
void import("./app/mount.tsx").then(({ mount }) => mount(core, drill));
