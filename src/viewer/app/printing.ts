import { useEffect } from "react";

/** How long a page stays printable where the browser never says that printing is over. */
const PRINTABLE_MS = 60_000;

/** Lets paper out, once its entry is on disk: without the mark that this sets, print.css keeps everything of a patient off it. */
export function letPrint(): void {
  document.documentElement.dataset.print = "open";
  setTimeout(closePrint, PRINTABLE_MS);
  window.print();
}

/** Closes the page to paper again when printing is over, or the screen is. */
export function usePrintOver(): void {
  useEffect(() => {
    window.addEventListener("afterprint", closePrint);
    return () => {
      window.removeEventListener("afterprint", closePrint);
      closePrint();
    };
  }, []);
}

function closePrint(): void {
  delete document.documentElement.dataset.print;
}
