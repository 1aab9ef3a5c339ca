// @vitest-environment jsdom
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LatestDocuments } from "../../../src/viewer/chart/Documents.tsx";
import { ReadingContext } from "../../../src/viewer/chart/reading.ts";
import { SummaryPage } from "../../../src/viewer/chart/SummaryPage.tsx";
import { makeWords } from "../../../src/words/index.ts";
import { documents } from "./documents.ts";
import { now, section, sources, stripPart, summary } from "./people.ts";

let place: HTMLElement;
let leave = () => {};
beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // jsdom draws nothing: it scrolls nowhere and knows no modal dialogs.
  HTMLElement.prototype.scrollIntoView = () => {};
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  place = document.body.appendChild(document.createElement("div"));
});
afterEach(() => {
  act(leave);
  place.remove();
});

function show(part: ReactNode): void {
  const root = createRoot(place);
  leave = () => root.unmount();
  act(() =>
    root.render(
      <I18nextProvider i18n={makeWords("ja")}>
        <ReadingContext value={{ now, clockRight: true, sources }}>{part}</ReadingContext>
      </I18nextProvider>,
    ),
  );
}

function press(within: string, label: RegExp): void {
  const button = [...place.querySelectorAll<HTMLButtonElement>(`${within} button`)].find(({ textContent }) =>
    label.test(textContent ?? ""),
  );
  if (button === undefined) throw new Error(`nothing to press says ${label}`);
  act(() => button.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 })));
}

/** What is fetched when it is asked for. */
async function appears(selector: string): Promise<void> {
  await vi.waitFor(
    async () => {
      await act(async () => {});
      expect(place.querySelector(selector)).not.toBeNull();
    },
    { timeout: 30_000 },
  );
}

describe("pressing", () => {
  const page = <SummaryPage summary={summary} strip={stripPart.strip} protectedPart={null} />;

  it("the list of all sections names every one with its count or state, and leads to it", () => {
    show(page);
    press(".jump-open", /項目一覧/);
    expect(place.querySelectorAll("dialog li")).toHaveLength(21);
    expect(place.querySelector("dialog")?.textContent).toContain("妊娠：未記録");
    press("dialog", /^バイタル 7件/);
    expect(place.querySelector("dialog")).toBeNull();
    expect(document.activeElement?.id).toBe("title-vitals");
  });

  it("a section that is not recorded leads to its line in the list of those", () => {
    show(page);
    press(".jump-open", /項目一覧/);
    press("dialog", /妊娠：未記録/);
    expect(document.activeElement?.id).toBe("title-pregnancy");
    expect(document.activeElement?.closest("section")?.textContent).toContain("未記録の項目");
  });

  it("past medicines are one press away, and all of them after one more", () => {
    show(page);
    press(".page-body", /過去の薬 13件へ/);
    expect(document.activeElement?.id).toBe("title-past-medicines");
    expect(place.textContent).not.toContain("架空薬12錠60mg");
    press(".page-body", /過去の薬をすべて表示/);
    expect(place.textContent).toContain("架空薬12錠60mg");
  });

  it("shows the rest of a document, and folds it again", () => {
    show(<LatestDocuments section={section(documents)} />);
    press("", /続きを表示/);
    expect(place.textContent).toContain("第24病日");
    expect(place.textContent).toContain("退院時処方");
    press("", /短く表示/);
    expect(place.textContent).not.toContain("第24病日");
  });

  it("the timeline opens below the strip, and each row leads to its record, or to its section where the record is folded away", async () => {
    show(page);
    expect(place.querySelector(".timeline")).toBeNull();
    press(".page-ways", /年表を開く/);
    await appears(".timeline");
    const order = [...place.querySelectorAll(".strip, .timeline")].map(({ className }) => className.split(" ").at(-1));
    expect(order).toEqual(["strip", "timeline"]);
    press(".timeline", /頭部単純CT/);
    expect(document.activeElement?.textContent).toContain("頭部単純CT");
    expect(document.activeElement?.id).toBe("item-procedures-0");
    press(".timeline", /架空薬12錠60mg/);
    expect(document.activeElement?.id).toBe("title-past-medicines");
    press(".page-ways", /年表を閉じる/);
    expect(place.querySelector(".timeline")).toBeNull();
  });

  it("leaves no trace of the section in the address or the history", () => {
    const before = [location.href, history.length];
    show(page);
    press(".jump", /感染症/);
    press(".page-body", /本人の意思の全文へ/);
    expect(document.activeElement?.id).toBe("title-wishes");
    expect([location.href, history.length]).toEqual(before);
  });
});
