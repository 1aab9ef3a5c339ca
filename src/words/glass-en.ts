import type { GlassWords } from "./glass-ja.ts";

export const glassEn: GlassWords = {
  write: "Write a note",
  otherWays: "Other ways (no emergency)",
  outageNow: "Care during a system outage: one tap opens the full information",
  wayNote: "What the treatment relation is",
  wayNoteHelp: "Needed, because this device cannot tell whether this is a patient of this site. Kept encrypted in the access record.",
  same: "The same reason as before",
  regionHit: "Outside this device's scope. Opening brings this one person from the hub; nothing of it is stored on this device.",

  secondTitle: "A second person must approve",
  secondRole: "By policy, your role needs the approval of a second member of staff to open this part.",
  secondLimit:
    "You have opened {{limit}} people within the last hour. Each further person needs the approval of a second member of staff. Those opened can be opened again.",
  secondHow:
    "The one who approves picks their own name and uses their own passphrase or passkey. An approval serves one opening within 5 minutes. The screen stays yours.",
  secondWho: "Who approves",
  secondNobody: "Nobody who may approve is registered on this device. If urgent, follow the paper procedure.",
  secondPassphrase: "Passphrase of the one who approves",
  secondPasskey: "Approve with a passkey",
  secondSubmit: "Approve and open",
  secondWorking: "Computing the key…",

  outageTitle: "Care during a system outage",
  outageWhat:
    "While the site's own systems are down, each of its own patients opens with one tap. Every opening is recorded, and so is who declared this.",
  outageEnds: "Ends by itself after {{hours}} hours. End it as soon as the systems are back.",
  outageNote: "What is down",
  outageStart: "Declare a system outage",
  outageRuns: "System outage: declared by {{name}}, until {{until}}, {{count}} opened",
  outageEnd: "Systems are back: end",

  regionTitle: "Search the region",
  regionWhat: "Looks through the hub for somebody outside this device's scope. That you searched is recorded; the name you type is not.",
  regionUnreached: "The hub cannot be reached, so the region cannot be searched now.",
  regionName: "Whole name, or kana",
  regionBirth: "Birth date",
  regionBirthHelp: "For example: 1948-03-05, 昭和23年3月5日, S23.3.5",
  regionBirthWrong: "Enter year, month and day.",
  regionSex: "Sex",
  regionReason: "Reason for searching",
  regionSubmit: "Search for this reason",
  regionWorking: "Asking the hub…",
  regionNone: "Nobody of this name and birth date was found in the region.",
  regionNoneHelp: "People who did not consent to emergency viewing are not found. Try kana as well: the name may be written differently.",
  regionFound: "{{count}} found. Nothing is open yet.",

  brief: "On one screen",
  confirmLater: "Confirm identity",
  paperOpen: "Hand over on paper (emergency sheet, large type)",
  print: "Print",
  printNotice: "Patient information is printed only by the Print button on the screen, so that printing is recorded.",
  printedBy: "Printed {{at}} {{name}}, recorded by Tomoshibi",
};
