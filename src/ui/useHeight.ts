import { type RefObject, useEffect } from "react";

/**
 * Keeps the height of an element in a custom property of the page, so that what sticks below it begins where it really ends:
 * a name that wraps to a third line must not cover the identity under it.
 */
export function useHeight(element: RefObject<HTMLElement | null>, property: `--${string}`): void {
  useEffect(() => {
    const watched = element.current;
    // A page that is not drawn (a test without a browser) has no heights.
    if (watched === null || typeof ResizeObserver === "undefined") return;
    const root = document.documentElement;
    const observer = new ResizeObserver(() => root.style.setProperty(property, `${watched.getBoundingClientRect().height}px`));
    observer.observe(watched);
    return () => {
      observer.disconnect();
      root.style.removeProperty(property);
    };
  }, [element, property]);
}
