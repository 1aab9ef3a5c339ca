import type { PeopleDeps } from "../../people/deps.ts";
import type { ReviewDeps } from "../../review/review.ts";
import type { RefusalDeps } from "../refuse.ts";
import type { Sessions } from "./sessions.ts";

export interface ConsoleDeps extends PeopleDeps, ReviewDeps, RefusalDeps {
  readonly sessions: Sessions;
}
