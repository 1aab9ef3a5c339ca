/** What home leads to besides a person: one line a screen. Each screen is a part of its own, loaded when it is asked for. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { AppKey } from "../../words/index.ts";

export interface ToolProps {
  readonly onDone: () => void;
}

export interface Tool {
  readonly name: string;
  readonly word: AppKey;
  /** What an emergency needs: a large button. The others stand below, quietly. */
  readonly urgent: boolean;
  readonly Screen: LazyExoticComponent<ComponentType<ToolProps>> | ComponentType<ToolProps>;
  /** What stands in its button besides its name: a count of what waits. */
  readonly Note?: LazyExoticComponent<ComponentType>;
}

/** In the order of home's buttons. */
export const tools: readonly Tool[] = [
  {
    name: "outage",
    word: "home.outage",
    urgent: true,
    Screen: lazy(() => import("./OutageScreen.tsx").then((part) => ({ default: part.OutageScreen }))),
  },
  {
    name: "forms",
    word: "home.forms",
    urgent: false,
    Screen: lazy(() => import("./FormsScreen.tsx").then((part) => ({ default: part.FormsScreen }))),
    Note: lazy(() => import("./FormsNote.tsx").then((part) => ({ default: part.FormsNote }))),
  },
  {
    name: "unknown",
    word: "home.unknown",
    urgent: true,
    Screen: lazy(() => import("./UnknownScreen.tsx").then((part) => ({ default: part.UnknownScreen }))),
  },
  {
    name: "emergency",
    word: "home.emergency",
    urgent: true,
    Screen: lazy(() => import("./EmergencyScreen.tsx").then((part) => ({ default: part.EmergencyScreen }))),
  },
  {
    name: "manual",
    word: "home.manual",
    urgent: false,
    Screen: lazy(() => import("../manual/ManualScreen.tsx").then((part) => ({ default: part.ManualScreen }))),
  },
  {
    name: "readiness",
    word: "home.readiness",
    urgent: false,
    Screen: lazy(() => import("./ReadinessScreen.tsx").then((part) => ({ default: part.ReadinessScreen }))),
  },
  {
    name: "keys",
    word: "home.keys",
    urgent: false,
    Screen: lazy(() => import("./KeysScreen.tsx").then((part) => ({ default: part.KeysScreen }))),
  },
  {
    name: "sponsor",
    word: "home.sponsor",
    urgent: false,
    Screen: lazy(() => import("./SponsorScreen.tsx").then((part) => ({ default: part.SponsorScreen }))),
  },
  {
    name: "addMember",
    word: "home.addMember",
    urgent: false,
    Screen: lazy(() => import("./StaffScreen.tsx").then((part) => ({ default: part.StaffScreen }))),
  },
];
