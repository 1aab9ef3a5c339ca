import type { Door } from "../../config-door.ts";
import type { PeopleDeps } from "../../people/deps.ts";
import type { HubSecrets } from "../../publish/index.ts";
import type { ReviewDeps } from "../../review/review.ts";
import type { RefusalDeps } from "../refuse.ts";
import type { Sessions } from "./sessions.ts";

export interface ConsoleDeps extends Omit<PeopleDeps, "keys">, Omit<ReviewDeps, "keys">, RefusalDeps {
  readonly keys: HubSecrets;
  readonly sessions: Sessions;
  readonly door: Door;
}
