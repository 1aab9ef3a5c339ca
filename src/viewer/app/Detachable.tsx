import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

/**
 * Children whose state outlives their being shown: while not `attached` their elements are out of the document, where neither a look at
 * the page, a screen reader nor another script's query finds them. They come back as they were, scrolled as they were.
 */
export function Detachable({ attached, children }: { readonly attached: boolean; readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const [host] = useState(() => document.createElement("div"));
  // Children are made once their place is in the document: what they focus or measure must be there.
  const [begun, setBegun] = useState(false);
  useLayoutEffect(() => {
    if (!attached) return;
    place.current?.append(host);
    for (const dialog of host.querySelectorAll<HTMLDialogElement>("dialog[open]")) {
      dialog.removeAttribute("open");
      dialog.showModal();
    }
    window.scrollTo(0, top.current);
    setBegun(true);
    return () => {
      top.current = window.scrollY;
      host.remove();
    };
  }, [attached, host]);
  return <div ref={place}>{begun ? createPortal(children, host) : null}</div>;
}
