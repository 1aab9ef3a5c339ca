import { useState } from "react";
import type { ReviewItem } from "../shared/protocol/console.ts";
import { useConsole, useLoaded } from "./context.ts";
import { named } from "./named.ts";
import { PageHead } from "./parts.tsx";
import { Review } from "./Review.tsx";
import { bornOn, when } from "./when.ts";

/** The list, or one opening of it. */
export function Reviews() {
  const { words } = useConsole();
  const loaded = useLoaded((api) => api.reviews());
  const [chosen, setChosen] = useState<string | null>(null);
  const items = loaded.value ?? [];
  const item = items.find(({ id }) => id === chosen);
  if (item !== undefined) {
    const replace = (changed: ReviewItem) => loaded.set(items.map((other) => (other.id === changed.id ? changed : other)));
    return <Review item={item} onDecided={replace} onBack={() => setChosen(null)} />;
  }
  return (
    <section className="stack">
      <PageHead title={words.tabs.review} lead={words.reviewLead} loaded={loaded} />
      {loaded.value === null ? loaded.busy ? <p>{words.waiting}</p> : null : null}
      {loaded.value?.length === 0 ? <p className="empty">{words.reviewNone}</p> : null}
      <ul className="stack">
        {items.map((one) => (
          <li key={one.id}>
            <Row item={one} onChoose={() => setChosen(one.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ item, onChoose }: { readonly item: ReviewItem; readonly onChoose: () => void }) {
  const { words, language } = useConsole();
  return (
    <button type="button" className="card card-button" onClick={onChoose}>
      <span className="card-title">
        <span>
          <PersonName item={item} />{" "}
          {item.person === null || item.person.birthDate === "" ? null : (
            <span className="soft">{bornOn(item.person.birthDate, language)}</span>
          )}
        </span>
        <span className={item.state === "open" ? "badge badge-warn" : "badge"}>{words.states[item.state]}</span>
      </span>
      <span>
        {when(item.opened, language)}　{item.staff.name || words.staffUnknown}　{item.device.name}
      </span>
      {item.marks.length === 0 ? null : <span className="soft">{item.marks.map((mark) => named(words.marks, mark)).join("・")}</span>}
    </button>
  );
}

export function PersonName({ item }: { readonly item: ReviewItem }) {
  const { words } = useConsole();
  if (item.person === null) return <strong>{item.marks.includes("odd") ? words.unreadable : words.personUnknown}</strong>;
  return <strong>{item.person.name || item.person.kana}</strong>;
}
