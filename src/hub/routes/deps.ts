import type { Door } from "../config-door.ts";
import type { PeopleDeps } from "../people/deps.ts";
import type { HubSecrets } from "../publish/index.ts";
import type { DeviceDeps } from "./device.ts";
import type { RefusalDeps } from "./refuse.ts";

export interface HubDeps extends PeopleDeps, DeviceDeps, RefusalDeps {
  readonly keys: HubSecrets;
  readonly door: Door;
}
