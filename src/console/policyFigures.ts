import type { PolicyBody } from "../shared/protocol/policyJudge.ts";

export const figureNames = [
  "grantMinutes",
  "hourlyLimit",
  "softLockMinutes",
  "disasterGrantMinutes",
  "disasterLocalHours",
  "outageHours",
] as const;
export type FigureName = (typeof figureNames)[number];

/** The figures of a policy by their names, in a fixed order. */
export function figuresOf({ grantMinutes, locks }: PolicyBody): readonly { readonly name: FigureName; readonly value: number }[] {
  const values: Readonly<Record<FigureName, number>> = {
    grantMinutes,
    hourlyLimit: locks.hourlyLimit,
    softLockMinutes: locks.softLockMinutes,
    disasterGrantMinutes: locks.disaster.grantMinutes,
    disasterLocalHours: locks.disaster.localHours,
    outageHours: locks.outageHours,
  };
  return figureNames.map((name) => ({ name, value: values[name] }));
}

/** The policy with one figure changed. */
export function withFigure(policy: PolicyBody, name: FigureName, value: number): PolicyBody {
  const { locks } = policy;
  if (name === "grantMinutes") return { ...policy, grantMinutes: value };
  if (name === "disasterGrantMinutes") return { ...policy, locks: { ...locks, disaster: { ...locks.disaster, grantMinutes: value } } };
  if (name === "disasterLocalHours") return { ...policy, locks: { ...locks, disaster: { ...locks.disaster, localHours: value } } };
  return { ...policy, locks: { ...locks, [name]: value } };
}
