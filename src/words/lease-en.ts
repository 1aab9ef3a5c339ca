import type { LeaseWords } from "./lease-ja.ts";

/** The lease's end, clocks that jumped, and a wiped device. */
export const leaseEn: LeaseWords = {
  titleNone: "The lease cannot be checked",
  titleDoubtful: "By this device's clock, the lease is over",
  titleOver: "The lease is over",
  closed: "No patient can be opened now.",
  whyNone: "The lease is damaged or has not arrived. Sync where the hub can be reached to use this device.",
  whyDoubtful: "The clock may only be ahead. Nothing that is stored here has been deleted.",
  whyOver:
    "It is certain that the lease is over, so the keys that open records were deleted from this device. Sync where the hub can be reached to use it again.",
  syncFirst: "If the hub can be reached, sync",
  sync: "Sync with the hub",
  clockShows: "This device's clock: {{at}}",
  confirmTitle: "Without the hub: two members confirm today's date",
  confirmHow:
    "Both check today's date on something other than this device (a calendar, a watch, a newspaper). Both names and the date go into the access records and are reviewed.",
  date: "Today's date",
  dateHelp: "Eight digits, year first. Example: 20260401",
  dateRead: "You confirm {{date}}",
  dateWrong: "This cannot be read as a date.",
  second: "Who confirms with you",
  noSecond: "No other member is registered on this device. Only a sync with the hub helps.",
  passphrase: "Their passphrase",
  passkey: "Confirm with their passkey",
  confirm: "Confirm together and open",
  working: "Checking…",
  paper: "If urgent, follow the paper procedure",

  wipedErasing: "Deleting what is on this device",
  wipedWaiting: "What was on this device has been deleted",
  wipedDone: "Everything on this device has been deleted",
  wipedRevoked: "The operator has revoked this device ({{at}}).",
  wipedRenew: "The operator has this device enrolled anew ({{at}}).",
  wipedGone: "No patient data, no keys and no members are left on this device.",
  wipedOutbox:
    "Only {{count}} access records that were not sent yet are left, encrypted. They are sent when the hub can be reached, and then deleted too. Leave the device switched on.",
  wipedHome: "The hub has all access records.",
  wipedAgain: "To use it again, ask the operator for a new enrolment code and enrol below.",
  wipedAgainLater: "Once all is sent, it can be enrolled again with a new code.",
  wipedSend: "Send now",
  wipedAsk: "If you did not expect this, tell the operator.",
};
