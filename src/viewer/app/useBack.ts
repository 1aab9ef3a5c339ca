import { useEffect } from "react";

/** The only thing this app ever writes into the history: that the device was unlocked here. Nothing of a patient. */
const inside = "tomoshibi-inside";

/**
 * While unlocked, the browser's back button (or a swipe from the edge) must not leave the page under a patient: one entry without content
 * stands behind the present one, and going back comes here instead. `onBack` does what the screen's own way back would do.
 */
export function useBack(onBack: () => void): void {
  useEffect(() => {
    if (history.state !== inside) history.pushState(inside, "");
    const back = () => {
      if (history.state !== inside) history.pushState(inside, "");
      onBack();
    };
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, [onBack]);
}
