/** GET and POST /api/policy on the console's origin: the policy in force, what went before it, and a new one. JSON. */
import { TomoshibiError } from "../error.ts";
import { parsePolicy } from "./policy.ts";
import { type PolicyBody, type PolicyChange, type PolicyWarning, policyWarnings } from "./policyJudge.ts";
import { shapeOf } from "./shape.ts";

export const policyConsolePath = "/api/policy";

export interface PolicyVersion {
  readonly seq: number;
  /** ms. */
  readonly at: number;
  readonly by: string;
  /** Against the one before. */
  readonly changes: readonly PolicyChange[];
}

export interface PolicyAnswer {
  /** null: none yet, so nothing may be opened. */
  readonly current: PolicyBody | null;
  /** Newest first. */
  readonly history: readonly PolicyVersion[];
}

export interface NewPolicy {
  readonly policy: PolicyBody;
  /** Warnings that the operator has seen. */
  readonly seen: readonly PolicyWarning[];
  /** Sequence of the policy it was made from; 0: there was none. */
  readonly from: number;
}

const asked = shapeOf("bad-request");
const told = shapeOf("hub-answer-bad");

/** A policy as an operator's file or page has it. Errors: policy-malformed, naming the field. */
export function parsePolicyBody(value: unknown): PolicyBody {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TomoshibiError("policy-malformed", { field: "policy" });
  const { hub: _, seq: __, ...body } = parsePolicy({ ...value, hub: new Uint8Array(16), seq: 0 });
  return body;
}

export function parseNewPolicy(body: Uint8Array): NewPolicy {
  const map = asked.map(asked.json(body, 64 * 1024), ["policy", "seen", "from"], "policy");
  return {
    policy: parsePolicyBody(map.policy),
    seen: asked.list(map.seen, policyWarnings.length, "seen").map((warning) => asked.oneOf(warning, policyWarnings, "seen")),
    from: asked.uint(map.from, "from"),
  };
}

export function parsePolicyAnswer(value: unknown): PolicyAnswer {
  const map = told.map(value, ["current", "history"], "policy");
  return {
    current: map.current === null ? null : parsePolicyBody(map.current),
    history: told.list(map.history, 1000, "history").map((item) => {
      const version = told.map(item, ["seq", "at", "by", "changes"], "version");
      return {
        seq: told.uint(version.seq, "seq"),
        at: told.uint(version.at, "at"),
        by: told.words(version.by, 200, "by"),
        changes: told.list(version.changes, 1000, "changes").map((entry) => {
          const change = told.map(entry, ["about", "before", "after"], "change");
          const words = (field: "about" | "before" | "after") => told.words(change[field], 1000, field);
          return { about: words("about"), before: words("before"), after: words("after") };
        }),
      };
    }),
  };
}
