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
});
