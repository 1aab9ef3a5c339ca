import { act } from "react";
import { createRoot } from "react-dom/client";
import { App } from "../../../src/viewer/app/App.tsx";
import type { Core } from "../../../src/viewer/app/core.ts";
import { makeWords } from "../../../src/words/index.ts";
import { now as fixedNow } from "../chart/people.ts";

export interface Shown {
  readonly reloads: () => number;
  /** Everything that can be read on the screen. */
  readonly text: () => string;
  /** Presses the button, tick or radio that says so; fails when there is none, or it is off. */
  readonly press: (label: string | RegExp, clicks?: number) => Promise<void>;
  readonly canPress: (label: string | RegExp) => boolean;
  readonly type: (label: string, value: string) => Promise<void>;
  readonly value: (label: string) => string;
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface ShowOptions {
  readonly now?: () => number;
  readonly language?: "ja" | "en";
}

/** The whole app over a fake core, in jsdom; waits until its lazy parts are there. */
export async function show(core: Core, { now = () => fixedNow, language = "ja" }: ShowOptions = {}): Promise<Shown> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // jsdom draws nothing: it scrolls nowhere, prefers nothing and knows no modal dialogs.
  window.scrollTo = () => {};
  Element.prototype.scrollIntoView = () => {};
  window.matchMedia = () => ({ matches: false, addEventListener: () => {} }) as unknown as MediaQueryList;
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  let reloads = 0;
  const loading = () => /読み込んでいます|Loading…/.test(place.textContent ?? "");
  /** Until what was promised is kept and every lazy part is there. */
  const settle = async () => {
    for (let turn = 0; turn < 4 || (loading() && turn < 2000); turn++)
      await act(() => new Promise<void>((resolve) => setTimeout(resolve, 1)));
  };
  const labelled = (label: string | RegExp) =>
    [...place.querySelectorAll<HTMLElement>("button, label.choice, label.tick")].filter((element) => {
      const text = element.textContent ?? "";
      return typeof label === "string" ? text.includes(label) : label.test(text);
    });
  const field = (label: string) => {
    const found = [...place.querySelectorAll("label")].find((element) => element.textContent === label);
    const input = found === undefined ? null : place.querySelector(`[id="${found.htmlFor}"]`);
    if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) return input;
    throw new Error(`no field ${label} in: ${place.textContent}`);
  };
  await act(async () => {
    root.render(
      <App
        core={core}
        words={makeWords(language)}
        now={now}
        reload={() => {
          reloads++;
        }}
        updateOffer={<p>新しい版があります</p>}
      />,
    );
  });
  await settle();
  return {
    reloads: () => reloads,
    text: () => (place.textContent ?? "").replace(/\u00a0/g, " "),
    press: async (label, clicks = 1) => {
      const [element] = labelled(label);
      if (element === undefined) throw new Error(`nothing to press says ${label} in: ${place.textContent}`);
      if (element instanceof HTMLButtonElement && element.disabled) throw new Error(`${label} is off`);
      const target = element.querySelector("input") ?? element;
      await act(async () => {
        if (target instanceof HTMLButtonElement && target.type === "submit") target.form?.requestSubmit(target);
        else target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: clicks }));
      });
      await settle();
    },
    canPress: (label) => labelled(label).some((element) => !(element instanceof HTMLButtonElement && element.disabled)),
    type: async (label, value) => {
      const input = field(label);
      const prototype = input instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
      await act(async () => {
        // React watches the property of the element itself: the prototype's setter passes by it, as typing does.
        Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(input, value);
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
      await settle();
    },
    value: (label) => field(label).value,
    settle,
    close: async () => {
      await act(async () => root.unmount());
      place.remove();
    },
  };
}
