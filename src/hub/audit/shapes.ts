import type { Coding } from "@medplum/fhirtypes";
import { entryKinds } from "../../shared/audit/entry.ts";
import type { KindChoice } from "../store/audit-event.ts";
import { systems } from "./codes.ts";
import { parts, shapeOf } from "./event.ts";
import type { Shape } from "./kinds.ts";

/** One token of a FHIR search: system null means any, code "" any of that system. */
export interface Token {
  readonly system: string | null;
  readonly code: string;
}

/** What is asked of the shape of an event: of each list one must hold; null asks nothing. */
export interface ShapeAsked {
  readonly type: readonly Token[] | null;
  readonly subtype: readonly Token[] | null;
  readonly action: readonly Token[] | null;
  readonly outcome: readonly Token[] | null;
}

export const anyShape: ShapeAsked = { type: null, subtype: null, action: null, outcome: null };

/** Which kinds, for which part and purpose, become events of the shape that is asked. */
export function choicesFor(asked: ShapeAsked): KindChoice[] {
  const unasked = Object.values(asked).every((one) => one === null);
  return parts.flatMap((name, part) =>
    [false, true].map((emergency): KindChoice => {
      const kinds = entryKinds.filter((kind) => {
        const shape = shapeOf(kind, emergency, name);
        return shape !== null && fits(asked, kind, shape);
      });
      return { part: part === 0 ? 0 : 1, emergency, kinds: unasked && name === "own" ? null : kinds };
    }),
  );
}

function fits(asked: ShapeAsked, kind: string, shape: Shape): boolean {
  const own: Coding = { system: systems.kind, code: kind };
  return (
    oneOf(asked.type, [shape.type]) &&
    oneOf(asked.subtype, [...shape.subtype, own]) &&
    oneOf(asked.action, [{ code: shape.action }]) &&
    oneOf(asked.outcome, [{ code: shape.outcome }])
  );
}

function oneOf(tokens: readonly Token[] | null, codings: readonly Coding[]): boolean {
  if (tokens === null) return true;
  return codings.some((coding) =>
    tokens.some(({ system, code }) => (system === null || system === (coding.system ?? "")) && (code === "" || code === coding.code)),
  );
}
