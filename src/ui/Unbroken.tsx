import { withoutBreaks } from "./withoutBreaks.ts";

/** Running text whose dates, numbers and strengths stay on one line: half a birth date is none, half a dose another. */
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
