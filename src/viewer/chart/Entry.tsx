import { type ReactNode, useContext } from "react";
import type { Coded, Item } from "../../shared/summary/summary.ts";
import { disclosuresOf } from "./disclosure.ts";
import { ItemIdsContext } from "./itemIds.ts";
import { Provenance } from "./Provenance.tsx";
import { useReading } from "./reading.ts";

interface EntryProps {
  readonly item: Item;
  readonly coded?: Coded;
  readonly children: ReactNode;
}

/** One item of a list: first what must not be said aloud, then the item, then when and from whom. */
export function Entry({ item, coded, children }: EntryProps) {
  const id = useContext(ItemIdsContext).get(item);
  return (
    <li
      id={id}
      tabIndex={id === undefined ? undefined : -1}
      className={disclosuresOf(item.warnings).length === 0 ? "item" : "item item-undisclosed"}
    >
      <Undisclosed item={item} />
      {children}
      <Provenance item={item} {...(coded === undefined ? {} : { coded })} />
    </li>
  );
}

/** The mark of what the patient was not told or not given; nothing where neither is the case. */
export function Undisclosed({ item }: { readonly item: Pick<Item, "warnings"> }) {
  const { t } = useReading();
  return disclosuresOf(item.warnings).map((code) => (
    <p className="undisclosed" key={code}>
      <span className="badge badge-warn">
        <span aria-hidden="true">◆ </span>
        {t(`disclosure.${code}`)}
      </span>
    </p>
  ));
}
