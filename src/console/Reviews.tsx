import { useState } from "react";
import type { ReviewItem } from "../shared/protocol/review.ts";
import { useConsole, useLoaded } from "./context.ts";
import { Letter } from "./Letter.tsx";
import { named } from "./named.ts";
import { PageHead } from "./parts.tsx";
import { Review } from "./Review.tsx";
import { ReviewReport } from "./ReviewReport.tsx";
import { ReviewRules } from "./ReviewRules.tsx";
import { bornOn, when } from "./when.ts";
import "./review.css";

const views = { list: ReviewList, rules: ReviewRules, report: ReviewReport } as const;
const viewNames = ["list", "rules", "report"] as const;

/** What is to be reviewed, by which rules, and what came of it. */
export function Reviews() {
  const { words } = useConsole();
  const [view, setView] = useState<keyof typeof views>("list");
  const Shown = views[view];
  return (
    <section className="stack">
      <nav className="row no-print" aria-label={words.review.view}>
        {viewNames.map((name) => (
          <button
            key={name}
            type="button"
            className="button button-plain view-choice"
            aria-current={name === view ? "page" : undefined}
            onClick={() => setView(name)}
          >
            {words.review.views[name]}
          </button>
        ))}
      </nav>
      <Shown key={view} />
    </section>
  );
}

function ReviewList() {
  const loaded = useLoaded((api) => api.review.list());
  const [chosen, setChosen] = useState<{ readonly id: string; readonly letter: boolean } | null>(null);
  const items = loaded.value ?? [];
  const item = items.find(({ id }) => id === chosen?.id);
  if (item === undefined) return <ReviewGroups loaded={loaded} onChoose={(id) => setChosen({ id, letter: false })} />;
  if (chosen?.letter === true)
    return (
      <Letter
        item={item}
        onBack={() => {
          setChosen({ id: item.id, letter: false });
          loaded.reload();
        }}
      />
    );
  return (
    <Review
      item={item}
      onChanged={(changed) => loaded.set(items.map((other) => (other.id === changed.id ? changed : other)))}
      onLetter={() => setChosen({ id: item.id, letter: true })}
      onBack={() => setChosen(null)}
    />
  );
}

interface GroupsProps {
  readonly loaded: ReturnType<typeof useLoaded<readonly ReviewItem[]>>;
  readonly onChoose: (id: string) => void;
}

/** What must be looked at first; the rest stays in sight. */
export function ReviewGroups({ loaded, onChoose }: GroupsProps) {
  const { words } = useConsole();
  const said = words.review;
  const items = loaded.value ?? [];
  const groups = {
    due: items.filter((item) => isAnswered(item) || (item.state === "open" && item.due)),
    asked: items.filter((item) => (item.state === "question" && !isAnswered(item)) || item.state === "escalated"),
    rest: items.filter(({ state, due }) => state === "open" && !due),
    accepted: items.filter(({ state }) => state === "accepted"),
  };
  return (
    <>
      <PageHead title={words.tabs.review} lead={said.lead} loaded={loaded} />
      {loaded.value === null && loaded.busy ? <p>{words.waiting}</p> : null}
      {loaded.value?.length === 0 ? <p className="empty">{words.reviewNone}</p> : null}
      {items.length === 0
        ? null
        : (["due", "asked", "rest", "accepted"] as const).map((name) => (
            <section key={name} className="stack" aria-label={said.groups[name]}>
              <h2>
                {said.groups[name]} <span className="count">{groups[name].length}</span>
              </h2>
              {groups[name].length === 0 ? <p className="soft">{said.groupNone}</p> : null}
              <ul className="stack">
                {groups[name].map((one) => (
                  <li key={one.id}>
                    <Row item={one} onChoose={() => onChoose(one.id)} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
    </>
  );
}

function Row({ item, onChoose }: { readonly item: ReviewItem; readonly onChoose: () => void }) {
  const { words, language } = useConsole();
  const said = words.review;
  const holding = item.findings.filter(({ verdict }) => verdict === "holds");
  const unjudged = item.findings.filter(({ verdict }) => verdict === "unjudged").length;
  return (
    <button type="button" className="card card-button review-row" onClick={onChoose}>
      <span className="review-weight">
        <span className="soft">{said.weight}</span>
        <strong>{item.rank}</strong>
      </span>
      <span className="review-what">
        <span className="card-title">
          <span>
            <Subject item={item} />{" "}
            {item.person === null || item.person.birthDate === "" ? null : (
              <span className="soft">{bornOn(item.person.birthDate, language)}</span>
            )}
          </span>
          <StateBadge item={item} />
        </span>
        <span>
          {when(item.opened, language)}　{item.staff.name || words.staffUnknown} · {named(words.roles, item.staff.role)} ·{" "}
          {item.site || item.device.name}
        </span>
        <span className="chips">
          {holding.map(({ rule }) => (
            <span key={rule} className="chip">
              ▲ {said.rules[rule].name}
            </span>
          ))}
          {item.lot ? <span className="chip chip-plain">◇ {said.lot}</span> : null}
          {unjudged === 0 ? null : (
            <span className="chip chip-plain">
              ？ {said.unjudged} {unjudged}
            </span>
          )}
        </span>
      </span>
    </button>
  );
}

function StateBadge({ item }: { readonly item: ReviewItem }) {
  const { words } = useConsole();
  const answered = isAnswered(item);
  const waits = item.state === "open" || answered;
  return <span className={waits ? "badge badge-warn" : "badge"}>{answered ? words.review.answered : words.states[item.state]}</span>;
}

/** A question that came back: the reviewer's turn again. */
const isAnswered = ({ state, history }: ReviewItem): boolean => state === "question" && history.at(-1)?.what === "answered";

/** Whose record; or what it is, where no person is concerned. */
export function Subject({ item }: { readonly item: ReviewItem }) {
  const { words } = useConsole();
  if (item.person !== null) return <strong>{item.person.name || item.person.kana}</strong>;
  if (item.kind !== "opening") return <strong>{words.review.kinds[item.kind]}</strong>;
  const unread = item.findings.some(({ rule, verdict }) => rule === "odd" && verdict === "holds");
  return <strong>{unread ? words.unreadable : words.personUnknown}</strong>;
}
