import { beforeAll, describe, expect, test } from "vitest";
import { findPersons, identifiersOf } from "../../../src/hub/flow/identity-search.ts";
import { link } from "../../../src/hub/flow/link.ts";
import { nothingWanted, type Wanted } from "../../../src/hub/identity/fit.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { idOf, know } from "../identity/patients.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();
const [A, B, C, D, E] = ["1310000001/1", "1310000002/2", "1310000003/3", "1310000001/4", "1310000001/5"] as const;

describe.each(dialects)("finding persons on %s", (dialect) => {
  let store: Store;
  beforeAll(async () => {
    store = await stores.open(dialect);
    await know(store.db, {
      [A]: [{}],
      [B]: [{}],
      [C]: [
        {
          family: "髙﨑",
          given: "一郎",
          familyKana: "タカサキ",
          givenKana: "イチロウ",
          birth: "1970-12-03",
          sex: "M",
          card: "",
          phone: "090-0000-0001",
          postal: "999-1234",
          address: "架空県試験町9",
        },
      ],
      [D]: [{ family: "100%", given: "_", familyKana: "ヒャク", givenKana: "パー", birth: "1999-09-09", card: "", phone: "" }],
      [E]: [{ family: "", given: "", familyKana: "", givenKana: "", birth: "", sex: "", card: "", address: "", postal: "", phone: "" }],
    });
    await link(store);
  });
  const found = async (wanted: Partial<Wanted>, how: "search" | "match" = "search") =>
    (await findPersons(store.db, { ...nothingWanted, ...wanted }, how)).map(({ patients }) => patients.map(({ pid }) => pid).join("+"));

  test.each<[string, Partial<Wanted>, string[]]>([
    ["a family name in half-width kana", { names: [["ﾄｳﾀﾞｲ", ""]] }, ["1+2"]],
    ["its beginning", { names: [["とう", ""]] }, ["1+2"]],
    ["a variant of its kanji", { names: [["高崎", "一郎"]] }, ["3"]],
    [
      "kana and kanji together",
      {
        names: [
          ["灯台", "花子"],
          ["トウダイ", "ハナコ"],
        ],
      },
      ["1+2"],
    ],
    ["a slip in the given name", { names: [["トウダイ", "ハナゴ"]] }, ["1+2"]],
    ["a given name alone", { names: [["", "イチロウ"]] }, ["3"]],
    ["a birth date", { birth: "1970-12-03" }, ["3"]],
    ["month and day changed about", { birth: "1970-03-12" }, ["3"]],
    ["a year", { birth: "1948" }, ["1+2"]],
    ["a name and a wrong birth date", { names: [["トウダイ", "ハナコ"]], birth: "1990-01-01" }, []],
    ["a name of the other sex", { names: [["トウダイ", ""]], sex: "M" }, []],
    ["a postal code", { postal: "9991234" }, ["3"]],
    ["a telephone number with a country", { phone: "+81-90-0000-0001" }, ["3"]],
    ["a name and another's postal code", { names: [["トウダイ", ""]], postal: "999-1234" }, []],
    ["letters that a pattern knows", { names: [["100%", ""]] }, ["4"]],
    ["a pattern", { names: [["%", ""]] }, []],
    ["nothing", {}, []],
  ])("by %s", async (_, wanted, pids) => {
    expect(await found(wanted)).toEqual(pids);
  });

  test("describes: whoever is likely comes, best first, whatever differs; a stranger does not", async () => {
    const described: Partial<Wanted> = {
      names: [
        ["架空", "花子"],
        ["カクウ", "ハナコ"],
      ],
      birth: "1948-03-05",
      sex: "F",
      phone: "03-0000-1234",
    };
    expect(await found(described, "search")).toEqual([]);
    expect(await found(described, "match")).toEqual(["1+2"]);
    const [best] = await findPersons(store.db, { ...nothingWanted, ...described }, "match");
    expect(best?.agreement).toMatchObject({ family: "other", given: "same", birth: "same", phone: "same" });
    expect(await found({ names: [["ミホン", "ジロウ"]], birth: "2001-01-01" }, "match")).toEqual([]);
  });

  test("every number of a person from any one of them, and nothing of a number that nobody has", async () => {
    expect(await identifiersOf(store.db, idOf(B))).toEqual([idOf(A), idOf(B)]);
    expect(await identifiersOf(store.db, idOf(C))).toEqual([idOf(C)]);
    expect(await identifiersOf(store.db, idOf("1310000003/1"))).toBe("unknown");
    expect(await identifiersOf(store.db, idOf("1310000009/1"))).toBe("unknown");
  });
});
