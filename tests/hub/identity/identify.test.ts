import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identify as identifyAll, type Patient } from "../../../src/hub/identity/identify.ts";

const identify = (patients: readonly Patient[], of: (basis: string) => string) => identifyAll(patients, of).persons;
const refOf = (basis: string) => `ref(${basis})`;
const patient = (facility: string, pid: string, links: string[] = [], person: string | null = null): Patient => ({
  facility,
  pid,
  links,
  person,
});
const runs = process.env.TOMOSHIBI_LONG === "1" ? 20_000 : 500;

describe("who is who", () => {
  test("a card known at two hospitals is one person; without one each is a person", () => {
    expect(identify([patient("A", "1", ["k"]), patient("B", "9", ["k"]), patient("B", "8")], refOf)).toEqual([
      "ref(k)",
      "ref(k)",
      "ref(B|8)",
    ]);
  });

  test("two numbers of one hospital with the same card stay two, and the card links nobody", () => {
    const refs = identify([patient("A", "1", ["k"]), patient("A", "2", ["k"]), patient("B", "9", ["k"])], refOf);
    expect(new Set(refs).size).toBe(3);
  });

  test("a chain of cards that would join two numbers of one hospital joins nobody", () => {
    const refs = identify([patient("A", "1", ["k"]), patient("A", "2", ["l"]), patient("B", "9", ["k", "l"])], refOf);
    expect(new Set(refs).size).toBe(3);
  });

  test("a reference stays when its person is found at a second hospital later", () => {
    const [alone = ""] = identify([patient("A", "1")], refOf);
    expect(identify([patient("A", "1", ["k"], alone), patient("B", "9", ["k"])], refOf)).toEqual([alone, alone]);
  });

  test("when the link breaks, the person it was made for keeps the reference and the other gets a new one", () => {
    const [, both = ""] = identify([patient("A", "1", ["k"]), patient("B", "9", ["k"])], refOf);
    expect(identify([patient("A", "1", ["new"], both), patient("B", "9", ["k"], both)], refOf)).toEqual(["ref(new)", both]);
  });

  test("a reference in use is never given to somebody else", () => {
    expect(identify([patient("A", "1", ["k"], "ref(B|9)"), patient("B", "9")], refOf)).toEqual(["ref(B|9)", "ref(B|9|2)"]);
  });

  const patients = fc.uniqueArray(
    fc.record({
      facility: fc.constantFrom("A", "B", "C"),
      pid: fc.constantFrom("1", "2", "3", "4"),
      links: fc.uniqueArray(fc.constantFrom("k", "l", "m", "n"), { maxLength: 2 }),
      person: fc.constantFrom(null, "ref(k)", "ref(A|1)", "x", "y"),
    }),
    { selector: (one) => `${one.facility}|${one.pid}`, maxLength: 10 },
  );

  test("never two numbers of one hospital in one person, never strangers, and a second look changes nothing", () => {
    fc.assert(
      fc.property(patients, (given) => {
        const refs = identify(given, refOf);
        const after = given.map((one, i) => ({ ...one, person: refs[i] as string }));
        for (const ref of new Set(refs)) {
          const members = after.filter((one) => one.person === ref);
          expect(new Set(members.map((one) => one.facility)).size).toBe(members.length);
          if (members.length > 1)
            for (const one of members)
              expect(members.some((other) => other !== one && other.links.some((link) => one.links.includes(link)))).toBe(true);
        }
        expect(identify(after, refOf)).toEqual(refs);
      }),
      { seed: 1, numRuns: runs },
    );
  });

  test("the order in which patients are listed does not matter", () => {
    fc.assert(
      fc.property(patients, fc.integer({ min: 1, max: 9 }), (given, turn) => {
        const turned = given.map((_, i) => given[(i + turn) % given.length] as Patient);
        const name = (one: Patient) => `${one.facility}|${one.pid}`;
        const there = identify(turned, refOf);
        const answers = new Map(turned.map((one, i) => [name(one), there[i]]));
        expect(given.map((one) => answers.get(name(one)))).toEqual(identify(given, refOf));
      }),
      { seed: 2, numRuns: runs },
    );
  });

  const decided = fc.array(
    fc.record({
      kind: fc.constantFrom("link" as const, "apart" as const, "a40" as const),
      a: fc.constantFrom("A|1", "A|2", "B|1", "B|2", "C|1", "C|3"),
      b: fc.constantFrom("A|1", "A|2", "B|1", "B|2", "C|1", "C|3"),
    }),
    { maxLength: 6 },
  );

  test("whatever was decided: nobody is with whom an operator keeps them apart, links hold unless that forbids them, order does not matter", () => {
    fc.assert(
      fc.property(patients, decided, (given, words) => {
        const said = words.filter(({ a, b }) => a !== b);
        const { persons, refused } = identifyAll(given, refOf, said);
        const personOf = new Map(given.map((one, i) => [`${one.facility}|${one.pid}`, persons[i]]));
        const refusedPairs = new Set(refused.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
        const at = new Map(given.map((one, i) => [`${one.facility}|${one.pid}`, i]));
        for (const { kind, a, b } of said) {
          const [one, other] = [personOf.get(a), personOf.get(b)];
          if (one === undefined || other === undefined) continue;
          if (kind === "apart") expect(one).not.toBe(other);
          else expect(one === other || refusedPairs.has(`${at.get(a)} ${at.get(b)}`)).toBe(true);
        }
        const turned = [...given].reverse();
        const there = identifyAll(turned, refOf, said).persons;
        expect(turned.map((_, i) => there[i]).reverse()).toEqual(persons);
      }),
      { seed: 3, numRuns: runs },
    );
  });

  const stated = (births: string[], sexes: string[] = [], givens: string[] = []) => ({
    births: new Set(births),
    sexes: new Set(sexes),
    givens: new Set(givens),
  });

  test("one number that states two people is joined with nobody, and does not keep the others from each other", () => {
    const three = [
      { ...patient("A", "1", ["k"]), stated: stated(["1948-03-05"]) },
      { ...patient("B", "1", ["k"]), stated: stated(["1948-03-05", "1990-01-01"]) },
      { ...patient("C", "1", ["k"]), stated: stated(["1948-03-05"]) },
    ];
    const { persons, refused } = identifyAll(three, refOf);
    expect([persons[0] === persons[2], persons[0] === persons[1]]).toEqual([true, false]);
    expect(refused).toEqual([{ a: 0, b: 1, why: "two-in-one" }]);
  });

  test("a chain of keys between two birth dates joins nobody", () => {
    const chain = [
      { ...patient("A", "1", ["k"]), stated: stated(["1948-03-05"]) },
      patient("B", "1", ["k", "l"]),
      { ...patient("C", "1", ["l"]), stated: stated(["1990-01-01"]) },
    ];
    const { persons, refused } = identifyAll(chain, refOf);
    expect(new Set(persons).size).toBe(3);
    expect(refused.map(({ why }) => why)).toEqual(["births", "births"]);
  });

  test("a hospital's merging holds against nothing but birth dates, sexes and an operator", () => {
    const two = (b: string) => [
      { ...patient("A", "1"), stated: stated(["1948-03-05"], ["F"], ["はなこ"]) },
      { ...patient("A", "2"), stated: stated([b], ["F"], ["ふめい"]) },
    ];
    const a40 = { kind: "a40" as const, a: "A|2", b: "A|1" };
    const joined = (b: string, more: readonly { kind: "link" | "apart"; a: string; b: string }[] = []) =>
      new Set(identifyAll(two(b), refOf, [a40, ...more]).persons).size === 1;
    expect([joined("1948-03-05"), joined("1990-01-01"), joined("1990-01-01", [{ kind: "link", a: "A|1", b: "A|2" }])]).toEqual([
      true,
      false,
      true,
    ]);
    expect(joined("1948-03-05", [{ kind: "apart", a: "A|1", b: "A|2" }])).toBe(false);
  });
});
