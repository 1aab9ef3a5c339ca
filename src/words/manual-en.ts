import type { ManualWords } from "./manual-ja.ts";

export const manualEn: ManualWords = {
  manual: "Manual",
  manualWhich: "Which manual",
  manualPrint: "Print this manual (one A4 side)",
  manualBack: "Back",
  manualVersion: "Manual version {{version}}, {{date}}",
  manualWall: "For the wall. The same as the manual in the app.",

  glassManual: "Emergency access (break-glass)",
  glassLead:
    "How to treat somebody unconscious without waiting for consent. No access goes unrecorded. It is the same with the network down.",
  whenTitle: "When it may be opened",
  when1: "Unconscious or unable to speak, life in danger, a disaster, systems down. The reason is picked from the list.",
  when2: "How far each role may open is set by policy. Where a second person is asked for, they approve with their own key.",
  stepsTitle: "Opening",
  step1: "“Choose your name”, then “Unlock with a passkey” or “Unlock”. No network is needed.",
  step2: "“Find a patient” by name, kana, birth date or number, or “Scan a card or sheet”. Alike names and birth dates are marked.",
  step3: "Pick a reason on the button that carries name and birth date (identity presumed). The entry is written on the device now.",
  step4: "Read the “Danger strip”. It is extracted mechanically from codes and names; see how many items could not be judged.",
  step5: "Compare two identifiers or more, then “Identity confirmed”. If not: “Wrong person: end access”.",
  step6: "For more, pick a reason again. Protected items ask once more.",
  step7: "For paper: “Hand over on paper (emergency sheet, large type)”. Printing is recorded too.",
  step8: "When done: “End access”. It also ends by itself (60 minutes, 4 hours in a disaster, unless policy says otherwise) and by “Lock”.",
  readTitle: "Words for not knowing",
  read1:
    "“Not asked”, “Not recorded” and “Unavailable” all mean that it is not known. Only what somebody checked bears their name and the date.",
  badTitle: "When it does not work",
  bad1: "“Nothing was opened”: a device that cannot write its journal opens nothing. Use another device, or paper: write time, patient, reason and your name, and telephone the patient's doctor.",
  bad2: "Nobody found: fewer letters, kana. “Search the region (outside this device's scope)” needs the hub.",
  bad3: "Your key does not open: your other key, a colleague's “Let a colleague in for 24 hours”, in a declared disaster the “Sealed envelope”.",
  bad4: "Lease over: go where there is a network and “Sync with the hub”. Clock doubted: two members confirm today's date.",

  outageManual: "System outage, network down",
  outageLead: "How to go on caring with what is stored on this device while records or network are down.",
  beforeTitle: "On ordinary days",
  before1: "Once a week look at “Readiness (if the network died)”. Put right what is red, at once.",
  before2: "Keep the device charged and “Sync with the hub”. Know where paper and printer are.",
  startTitle: "When it stops",
  start1:
    "Open “Care during a system outage”, write what is down, “Declare a system outage”. Each of your own patients then takes one tap, with an entry each.",
  start2:
    "In “Downtime forms” choose kinds and copies, then “Record and print”. For 8 hours: one each of course, orders and medicines given for every patient, one list of the shift.",
  start3: "With a patient open, “Hand over on paper (emergency sheet, large type)” also prints forms with the name on them.",
  start4:
    "Nameless patients: register under “Unidentified patient”, or on the form of that name, with a label (Unknown A …) that everybody uses.",
  duringTitle: "While it lasts",
  during1:
    "This device knows nothing after its “Information as of” time. Ask the paper, the patient, the family. What was done: “Write a note” on the open person, or a form.",
  during2: "On each form: two identifiers, the time, who wrote. Keep forms with the patient; do not leave them lying.",
  during3: "In a disaster: “Disaster, drill”. Times are longer, and the list of people who need rescue opens.",
  afterTitle: "When it is back",
  after1: "“Systems are back: end”, then “Sync with the hub” sends the journal.",
  after2: "Collect all forms, “Scan a card or sheet”, copy, then “All is copied”. Unused ones: “Returned or destroyed”.",
  after3: "As long as “Downtime forms” lists any, it is not over. Look for each.",
  after4: "What was opened is reviewed later. File or destroy the paper as medical records.",
};
