import { type RefObject, useLayoutEffect } from "react";

/** An A4 sheet with its white edge, CSS px. */
const PAPER_PX = (198 * 96) / 25.4;

/** Paper keeps its own measures: on a narrower screen it is shown smaller, as a whole. */
export function usePaperZoom(view: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const shrink = () => {
      const room = view.current?.clientWidth ?? 0;
      view.current?.style.setProperty("--paper-zoom", String(room === 0 ? 1 : Math.min(1, room / PAPER_PX)));
    };
    shrink();
    window.addEventListener("resize", shrink);
    return () => window.removeEventListener("resize", shrink);
  }, [view]);
}
