import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Api } from "../../src/console/api.ts";
import { ConsoleContext } from "../../src/console/context.ts";
import { NoteBody } from "../../src/console/NoteBody.tsx";
import { pagesFor } from "../../src/console/pagesFor.ts";
import type { Note } from "../../src/shared/note/note.ts";
import type { NoteItem } from "../../src/shared/protocol/notesConsole.ts";
import { consoleWords, type Language } from "../../src/words/console.ts";
import { contents, noteOf, unknown, vitals } from "../shared/note/fixture.ts";

const item = (note: Note): NoteItem => ({
  key: "n.1",
  received: 0,
  siteName: "見本病院",
  deviceName: "救急1",
  standing: "new",
  of: "",
  note,
  correctedBy: "",
  linked: null,
  twins: [],
});
const drawn = (note: Note, language: Language = "ja") =>
  renderToStaticMarkup(
    <ConsoleContext value={{ api: {} as Api, words: consoleWords[language], language, failed: () => undefined }}>
      <NoteBody item={item(note)} title="" />
    </ConsoleContext>,
  );
const textOf = (html: string) => html.replace(/<[^>]+>/g, "");

test("every kind of note is shown whole in both languages: each value with its unit, zeros and words as written", () => {
  for (const language of ["ja", "en"] as const) {
    for (const content of contents) {
      const words = Object.values(content).filter((value): value is string => typeof value === "string" && value !== content.kind);
      for (const word of words) expect(textOf(drawn(noteOf({ content }), language)), word).toContain(word);
    }
    expect(textOf(drawn(noteOf({ content: vitals }), language))).toContain("36.0 ℃");
  }
  expect(textOf(drawn(noteOf({ content: vitals })))).toMatch(/E 3 V 判定不能 M 6/);
});

test("what was not measured, not known or not said is never shown as none", () => {
  const html = textOf(drawn(noteOf({ subject: { ...unknown, ageFrom: null, ageTo: null, features: "", found: "" } })));
  expect(html).not.toMatch(/なし|呼吸数|血糖/);
  expect(html.match(/記載がありません/g)).toHaveLength(3);
});

test.each(["__proto__", "constructor", "<img src=x onerror=alert(1)>"])("a device that writes %s hides nothing", (word) => {
  const html = drawn(noteOf({ author: { staff: word, name: word, role: word }, content: { kind: "text", text: word } }));
  expect(html).toContain("灯台 あかり");
  expect(html).toContain(word.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
  expect(html).not.toContain("<img");
});

test("the page is the operator's alone", () => {
  expect((["reviewer", "operator", "auditor"] as const).map((role) => pagesFor(["notes"], [role]).length)).toEqual([0, 1, 0]);
});
