/** Ways to a person besides typed words, over the people that search finds. */
import type { CoreSeek } from "../../../src/viewer/app/core-seek.ts";
import type { Hit } from "../../../src/viewer/find/search.ts";
import { now } from "../chart/people.ts";

export function fakeSeek(asked: string[], hits: readonly Hit[]): CoreSeek {
  const [first, second, , newborn] = hits;
  return {
    recentPeople: async () => [newborn, first].flatMap((hit, i) => (hit === undefined ? [] : [{ hit, at: now - (i * 7 + 1) * 1_800_000 }])),
    person: (personRef) => hits.find((hit) => hit.personRef === personRef) ?? null,
    withNumber: (value) => (/^0*12345$/.test(value) ? hits.slice(0, 2) : /^0*777$/.test(value) ? hits.slice(2, 3) : []),
    hospital: (facility) => (facility === "9910000001" ? "架空中央病院" : null),
    namesakes: (personRef) => [first, second].filter((hit) => hit !== undefined).sort((a) => (a.personRef === personRef ? -1 : 1)),
    fourSearch: async ({ name, birthDate, sex, address }) => {
      asked.push(`fourSearch ${name} ${birthDate} ${sex} ${address}`);
      if (!/灯台|トウダイ/.test(name) || first === undefined || second === undefined) return { exact: [], near: [] };
      return { exact: [first], near: [{ hit: second, differs: ["birthDay", "addressOther"] }] };
    },
  };
}
