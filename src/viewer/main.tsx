import "../ui/base.css";
import "../ui/parts.css";
import "./app/app.css";
import "./chart/chart.css";
import { browserDeps } from "./app/core-browser.ts";
import { makeCore } from "./app/make-core.ts";

// The storage is being opened and verified while React and the screens are still on their way: a cold start does both at once.
const core = makeCore(browserDeps());
void import("./app/mount.tsx").then(({ mount }) => mount(core));
