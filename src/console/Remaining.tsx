import { useEffect, useState } from "react";
import { useConsole } from "./context.ts";

/** How long a code still works, by this machine's clock. until: ms. */
export function Remaining({ until }: { readonly until: number }) {
  const { words } = useConsole();
  const said = words.sites;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.ceil((until - now) / 60_000);
  return (
    <p className="soft" role="timer">
      {minutes <= 0 ? said.expired : `${said.remaining} ${Math.floor(minutes / 60)} ${said.hours} ${minutes % 60} ${said.minutes}`}
    </p>
  );
}
