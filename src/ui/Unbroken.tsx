import { withoutBreaks } from "./withoutBreaks.ts";

/** Running text whose dates and numbers with hyphens stay on one line: half a birth date is none. */
export function Unbroken({ text }: { readonly text: string }) {
  return withoutBreaks(text).map(({ key, part, whole }) =>
    whole ? (
      <span className="whole" key={key}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
