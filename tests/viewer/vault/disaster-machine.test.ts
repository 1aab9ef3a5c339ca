import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disasterEvents, disasterState, disasterStates, disasterTable } from "../../../src/viewer/vault/disaster-machine.ts";

const readme = readFileSync(resolve(import.meta.dirname, "../../../src/viewer/vault/README.md"), "utf8");

describe("a disaster on the device", () => {
  it("every cell of the table is what the README says", () => {
    for (const state of disasterStates) {
      const moves = disasterEvents.filter((event) => disasterTable[state][event] !== state);
      const said = moves.map((event) => `${event} → ${disasterTable[state][event]}`).join(" · ");
      expect(readme).toContain(`| ${state} | ${said} |`);
    }
  });

  it("holds exactly while one of the two declarations does, whatever their order", () => {
    const span = fc.option(fc.record({ from: fc.nat(50), length: fc.nat(50) }));
    fc.assert(
      fc.property(span, span, fc.nat(120), (hub, here, now) => {
        const spanned = (each: typeof hub) => each && { from: each.from, until: each.from + each.length };
        const holds = (each: typeof hub) => each !== null && now >= each.from && now < each.from + each.length;
        const expected = holds(hub) ? (holds(here) ? "both" : "hub") : holds(here) ? "here" : "none";
        expect(disasterState(spanned(hub), spanned(here), now)).toBe(expected);
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  it("that was ended early ends, and what two members declared goes on without the hub's word", () => {
    expect(disasterState({ from: 0, until: 5 }, { from: 0, until: 10 }, 7)).toBe("here");
    expect(disasterTable.both.hubOver).toBe("here");
    expect(disasterTable.both.hereLost).toBe("hub");
    for (const state of disasterStates) expect(disasterTable[state].wiped).toBe("none");
  });
});
