import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Api } from "../../src/console/api.ts";
import { ConsoleContext } from "../../src/console/context.ts";
import { IdentityPair } from "../../src/console/IdentityPair.tsx";
import type { QuestionItem, StatementItem } from "../../src/shared/protocol/identity.ts";
import { consoleWords } from "../../src/words/console.ts";

const said: StatementItem = {
  kanji: "灯台 花子",
  kana: "トウダイ ハナコ",
  birthDate: "1948-03-05",
  sex: "F",
  address: "架空県見本市灯台町1",
  postal: "",
  phone: "",
};
const side = (facility: string, change: Partial<StatementItem>): QuestionItem["persons"][number] => ({
  person: facility,
  patients: [{ facility, pid: "0012", facilityName: `病院${facility}`, statements: [{ ...said, ...change }] }],
  history: [],
});
const drawn = (change: Partial<StatementItem>, causes: readonly string[] = ["likeness"]) =>
  renderToStaticMarkup(
    <ConsoleContext value={{ api: {} as Api, words: consoleWords.ja, language: "ja", failed: () => undefined }}>
      <IdentityPair
        question={{
          a: { facility: "1", pid: "0012" },
          b: { facility: "2", pid: "0012" },
          persons: [side("1", {}), side("2", change)],
          causes,
          score: 999,
          agreement: { family: "other", given: "same", birth: "same", sex: "same" },
        }}
        onBack={() => undefined}
      />
    </ConsoleContext>,
  );

test("both records stand side by side: kanji, kana, birth date in both calendars, sex, address, hospital and number; what differs says so", () => {
  const html = drawn({ kanji: "架空 花子", kana: "カクウ ハナコ" });
  for (const text of [
    "灯台 花子",
    "架空 花子",
    "カクウ ハナコ",
    "1948-03-05（昭和23年）",
    "女",
    "架空県見本市灯台町1",
    "病院1",
    "病院2",
    "0012",
    "違う",
    "一致",
  ])
    expect(html).toContain(text);
  expect(html).not.toContain("99.9");
});

test("what one side does not record is said, never left blank", () => {
  expect(drawn({ kana: "", birthDate: "", sex: "", address: "" }).split("記録にない").length - 1).toBeGreaterThanOrEqual(4);
});

test("no decision can be taken before a reason is written", () => {
  expect(drawn({}).match(/<button[^>]*disabled=""[^>]*>(?:同じ人としてまとめる|別の人とする)/g)).toHaveLength(2);
});

test.each(["__proto__", "constructor", "<img src=x onerror=alert(1)>"])(
  "a hospital that sends %s for a name or sex hides nothing and runs nothing",
  (word) => {
    const html = drawn({ kanji: word, kana: word, birthDate: word, sex: word, address: word }, [word]);
    expect(html).toContain("灯台 花子");
    expect(html).toContain(word.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    expect(html).not.toContain("<img");
  },
);
