/** Scrolls so that an element stands at the top, below the bar that covers it. */
export function bringToSight(element: HTMLElement | null): void {
  const bar = document.querySelector<HTMLElement>(".bar");
  window.scrollTo({ top: Math.max(0, (element?.offsetTop ?? 0) - (bar?.offsetHeight ?? 0)) });
}
