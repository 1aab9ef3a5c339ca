/**
 * A disaster as data: what holds on this device, by whose word. Every state and every event has its cell: a missing one does not compile.
 * Nothing is remembered between two readings but the two signed declarations and trusted time, so no order of kills and starts leads to
 * another state than they say.
 */

/** hub: by the operator's word · here: by two members of this device · both. */
export const disasterStates = ["none", "hub", "here", "both"] as const;
export type DisasterState = (typeof disasterStates)[number];

export const disasterEvents = [
  /** The operator's declaration for this site has begun. */
  "hubBegan",
  /** Its time has passed, or its end has been heard. */
  "hubOver",
  /** What two members, or one and the envelope, signed here has begun. */
  "hereBegan",
  /** Its time has passed, or a member ended it. */
  "hereOver",
  /** The signatures here hold no longer: a signer left the roster. */
  "hereLost",
  "wiped",
] as const;
export type DisasterEvent = (typeof disasterEvents)[number];

export const disasterTable: Readonly<Record<DisasterState, Readonly<Record<DisasterEvent, DisasterState>>>> = {
  none: { hubBegan: "hub", hubOver: "none", hereBegan: "here", hereOver: "none", hereLost: "none", wiped: "none" },
  hub: { hubBegan: "hub", hubOver: "none", hereBegan: "both", hereOver: "hub", hereLost: "hub", wiped: "none" },
  here: { hubBegan: "both", hubOver: "here", hereBegan: "here", hereOver: "none", hereLost: "none", wiped: "none" },
  both: { hubBegan: "both", hubOver: "here", hereBegan: "both", hereOver: "hub", hereLost: "hub", wiped: "none" },
};

/** ms of trusted time. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** `hub`: as declared for this site; `here`: as it verifies now. null: there is none. */
export function disasterState(hub: Span | null, here: Span | null, now: number): DisasterState {
  const events: readonly (readonly [boolean, DisasterEvent])[] = [
    [hub !== null && now >= hub.from, "hubBegan"],
    [hub !== null && now >= hub.until, "hubOver"],
    [here !== null && now >= here.from, "hereBegan"],
    [here !== null && now >= here.until, "hereOver"],
  ];
  let state: DisasterState = "none";
  for (const [happened, event] of events) if (happened) state = disasterTable[state][event];
  return state;
}
