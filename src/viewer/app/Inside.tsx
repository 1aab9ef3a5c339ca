import { useCallback, useEffect, useState } from "react";
import type { Hit } from "../find/search.ts";
import { useFrame, useStatus } from "./context.ts";
import { HomeScreen } from "./HomeScreen.tsx";
import { clearLockFault } from "./lockFault.ts";
import { PersonScreen } from "./PersonScreen.tsx";
import { PullScreen } from "./PullScreen.tsx";
import { StaffScreen } from "./StaffScreen.tsx";
import { useBack } from "./useBack.ts";
import type { Failure } from "./useTask.ts";

type View = { readonly at: "home" } | { readonly at: "person"; readonly hit: Hit } | { readonly at: "addMember" };

/** Everything behind the lock: home, one person at a time, a further member. The view lives here alone, never in the address. */
export function Inside() {
  const { core } = useFrame();
  const status = useStatus();
  const [view, setView] = useState<View>({ at: "home" });
  const [query, setQuery] = useState("");
  const [waiting, setWaiting] = useState(status.asOf === null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const show = (next: View) => {
    setView(next);
    window.scrollTo(0, 0);
  };
  const home = (failed: Failure | null = null) => {
    setFailure(failed);
    show({ at: "home" });
  };
  // A person's screen closes itself, with its entry; from a further member's screen back is home; at home back does nothing.
  useBack(useCallback(() => setView((now) => (now.at === "addMember" ? { at: "home" } : now)), []));
  useEffect(() => clearLockFault(sessionStorage), []);
  useEffect(() => {
    if (status.asOf !== null && status.pull === null) setWaiting(false);
  }, [status]);
  if (waiting) return <PullScreen onBackground={() => setWaiting(false)} />;
  if (view.at === "person") return <PersonScreen key={view.hit.personRef} hit={view.hit} onClose={home} />;
  if (view.at === "addMember") return <StaffScreen onDone={() => home()} />;
  return (
    <HomeScreen
      search={core.search.bind(core)}
      query={query}
      onQuery={setQuery}
      failure={failure}
      onPick={(hit) => show({ at: "person", hit })}
      onAddMember={() => show({ at: "addMember" })}
    />
  );
}
