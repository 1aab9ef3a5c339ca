import { type RefObject, useEffect } from "react";

interface HomeKeys {
  /** Escape: away with the words typed. */
  readonly onClear: () => void;
  /** Enter in the search field, not while a Japanese input method is choosing letters. Every USB scanner ends with it. */
  readonly onEnter: () => void;
}

/** Home without a pointer: "/" and anything typed go to the search field, arrows through the people found, Escape back to an empty search. */
export function useHomeKeys(home: RefObject<HTMLElement | null>, { onClear, onEnter }: HomeKeys): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const field = home.current?.querySelector<HTMLInputElement>('input[type="search"]');
      if (!field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const inField = event.target === field;
      const cards = [...(home.current?.querySelectorAll<HTMLElement>("button.hit") ?? [])];
      const at = cards.indexOf(event.target as HTMLElement);
      const step = (to: HTMLElement | undefined) => {
        event.preventDefault();
        to?.focus();
      };
      if (event.key === "Escape") {
        onClear();
        step(field);
      } else if (inField) {
        if (event.key === "ArrowDown" && cards.length > 0) step(cards[0]);
        if (event.key === "Enter") onEnter();
      } else if (event.key === "ArrowDown" && at >= 0) step(cards[Math.min(at + 1, cards.length - 1)]);
      else if (event.key === "ArrowUp" && at >= 0) step(at === 0 ? field : cards[at - 1]);
      else if (event.key === "/") step(field);
      // The letter itself goes on into the field, since it has the focus by then: the first one that a USB scanner types as well.
      else if (event.key.length === 1 && event.key !== " " && event.target === document.body) field.focus();
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  }, [home, onClear, onEnter]);
}
