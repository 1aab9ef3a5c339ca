import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Item, Section, Summary } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { useMoreWords } from "../../words/react.ts";
import { viewsEn, viewsJa } from "../../words/views.ts";
import { findPlaces, rangesOf, wordsOf } from "./find.ts";

interface FindProps {
  readonly summary: Summary;
  /** Protected items that are not open. */
  readonly masked: boolean;
  readonly onClose: () => void;
}

/** Name of the mark under the words found (page.css, `::highlight`). */
const mark = "found";

/**
 * Words in this page: every place that holds them is marked by a frame, counted aloud and reached by Enter; nothing is hidden. What cannot be
 * found here, since it is not on this device or not open, is said.
 */
export function Find({ summary, masked, onClose }: FindProps) {
  const { t } = useMoreWords("views", viewsJa, viewsEn);
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<readonly HTMLElement[]>([]);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const words = wordsOf(typed);
    const places = findPlaces(document.querySelector(".page-body") ?? document, words);
    setFound(places);
    setAt(0);
    for (const place of places) place.dataset.found = "";
    if (canMark()) CSS.highlights.set(mark, new Highlight(...places.flatMap((place) => rangesOf(place, words))));
    return () => {
      for (const place of places) delete place.dataset.found;
      if (canMark()) CSS.highlights.delete(mark);
    };
  }, [typed]);
  useEffect(() => {
    const here = found[at];
    if (here === undefined) return;
    here.dataset.found = "here";
    here.scrollIntoView({ block: "center" });
    return () => {
      if (here.dataset.found === "here") here.dataset.found = "";
    };
  }, [found, at]);
  const go = (step: number) => {
    if (found.length > 0) setAt((at + step + found.length) % found.length);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      if (typed === "") onClose();
      setTyped("");
    } else if (step !== undefined) go(step);
    else return;
    event.preventDefault();
  };
  const more = Object.values(summary.sections).reduce((sum: number, section: Section<Item>) => sum + section.more, 0);
  return (
    <search className="find">
      <label className="hidden-label" htmlFor="find-words">
        {t("find.label")}
      </label>
      <input
        className="input"
        id="find-words"
        ref={field}
        value={typed}
        placeholder={t("find.label")}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div className="row find-ways">
        <Button onPress={() => go(-1)} disabled={found.length === 0}>
          <span aria-hidden="true">▲</span> {t("find.before")}
        </Button>
        <Button onPress={() => go(1)} disabled={found.length === 0}>
          <span aria-hidden="true">▼</span> {t("find.next")}
        </Button>
        <Button onPress={onClose}>{t("find.close")}</Button>
      </div>
      <p role="status">
        {wordsOf(typed).length === 0
          ? t("find.help")
          : found.length === 0
            ? t("find.nothing")
            : t("find.count", { count: found.length, at: at + 1 })}
      </p>
      {more === 0 && !masked ? null : (
        <p className="soft find-left">
          {[masked ? t("find.masked") : "", more === 0 ? "" : t("find.more", { count: more })].filter((words) => words !== "").join(" ")}
        </p>
      )}
    </search>
  );
}

/** Older browsers frame the places and leave the words as they are. */
function canMark(): boolean {
  return "CSS" in globalThis && "highlights" in CSS;
}
