/** The console's exchanges about sites, members, cohorts and epoch keys: JSON, no clinical content. */
export const siteKinds = ["hospital", "clinic", "ambulance"] as const;
export type SiteKind = (typeof siteKinds)[number];
