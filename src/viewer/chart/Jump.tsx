import { useEffect, useState } from "react";
import type { Item, Section, SectionName, Sections } from "../../shared/summary/summary.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../words/react.ts";
import { latestDocuments } from "./documents.ts";
import { jumpTo } from "./jump.ts";
import { foldedNames, isFolded, pageOrder } from "./order.ts";
import { usePage } from "./page.ts";

interface Place {
  readonly id: string;
  readonly words: string;
  /** In the list of what is not recorded. */
  readonly folded: boolean;
}

/**
 * The way to each section. In the bar: what holds something, with its count, and one entry for all the rest. On a phone or tablet a button that
 * stays under the thumb opens the whole list, where every section says its count or its state.
 */
export function Jump({ sections }: { readonly sections: Sections }) {
  const { t } = usePage();
  const { t: app } = useWords();
  const [listed, setListed] = useState(false);
  const places = usePlaces(sections);
  const folded = foldedNames(sections).length;
  // The dialog keeps the focus inside while it stands: only after it is gone may a heading take it.
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (target === null || listed) return;
    jumpTo(target);
    setTarget(null);
  }, [target, listed]);
  const leave = (id: string) => {
    setListed(false);
    setTarget(id);
  };
  return (
    <div className="jumps">
      <nav className="jump" aria-label={t("jump.label")}>
        <ul>
          {places
            .filter((place) => !place.folded)
            .map(({ id, words }) => (
              <li key={id}>
                <button type="button" className="button button-quiet" onClick={() => jumpTo(id)}>
                  {words}
                </button>
              </li>
            ))}
          {folded === 0 ? null : (
            <li>
              <button type="button" className="button button-quiet" onClick={() => jumpTo("title-absent")}>
                {t("jump.absent", { count: folded })}
              </button>
            </li>
          )}
        </ul>
      </nav>
      <div className="jump-open">
        <Button onPress={() => setListed(true)}>
          <span aria-hidden="true">☰</span> {t("jump.open")}
        </Button>
      </div>
      {listed ? (
        <Dialog title={t("jump.label")} closeWord={app("app.close")} onClose={() => setListed(false)}>
          <ul className="jump-list">
            {places.map((place) => (
              <li key={place.id}>
                <Button kind={place.folded ? "quiet" : "plain"} wide onPress={() => leave(place.id)}>
                  {place.words}
                </Button>
              </li>
            ))}
          </ul>
        </Dialog>
      ) : null}
    </div>
  );
}

function usePlaces(sections: Sections): readonly Place[] {
  const { t } = usePage();
  const place = (name: SectionName): Place => {
    const section: Section<Item> = sections[name];
    const count = section.items.length;
    const state = section.state === "present" ? "unavailable" : section.state;
    const bare = state === "confirmedNone" && section.confirmed === null ? "notAsked" : state;
    return {
      id: `title-${name}`,
      folded: isFolded(name, section),
      words:
        count > 0
          ? t("jump.items", { name: t(`section.${name}`), count })
          : t("jump.state", {
              name: t(`section.${name}`),
              state: bare === "confirmedNone" ? t("state.confirmedNoneBare") : t(`state.${bare}`),
            }),
    };
  };
  const latest = latestDocuments(sections.documents.items);
  return [
    { id: "strip-title", words: t("strip.title"), folded: false },
    ...pageOrder.flatMap((name) => [
      ...(name === "procedures" && latest.length > 0 ? [{ id: "title-latest", words: t("document.latest"), folded: false }] : []),
      place(name),
    ]),
  ];
}
