import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Api } from "../../src/console/api.ts";
import { ConsoleContext } from "../../src/console/context.ts";
import { Review } from "../../src/console/Review.tsx";
import type { ReviewItem } from "../../src/shared/protocol/review.ts";
import { consoleWords } from "../../src/words/console.ts";

const item: ReviewItem = {
  id: "r1",
  kind: "opening",
  opened: 0,
  staff: { id: "s1", name: "", role: "physician" },
  person: { name: "見本 花子", kana: "", birthDate: "1950-01-01", sex: "female" },
  device: { id: "d1", name: "タブレット" },
  site: "灯台病院",
  purpose: "BTG",
  steps: [{ kind: "open-strip", at: 0, what: "", reason: "treat", note: "" }],
  state: "open",
  note: "",
  reviewer: "",
  decided: 0,
  findings: [{ rule: "odd", verdict: "holds", why: "" }],
  rank: 5,
  lot: false,
  due: true,
  history: [],
  letters: [],
  own: false,
};
const drawn = (shown: ReviewItem) =>
  renderToStaticMarkup(
    <ConsoleContext value={{ api: {} as Api, words: consoleWords.ja, language: "ja", failed: () => undefined }}>
      <Review item={shown} onChanged={() => undefined} onLetter={() => undefined} onBack={() => undefined} />
    </ConsoleContext>,
  );

test.each(["__proto__", "constructor", "toString", "<img src=x onerror=alert(1)>"])(
  "a device that writes %s for reason, purpose or role hides nothing from the reviewer",
  (word) => {
    const step = { kind: word, at: Number.MAX_SAFE_INTEGER, what: word, reason: word, note: word };
    const html = drawn({ ...item, staff: { ...item.staff, role: word }, purpose: word, site: word, steps: [...item.steps, step] });
    expect(html).toContain("見本 花子");
    expect(html).toContain(word.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    expect(html).not.toContain("<img");
  },
);
