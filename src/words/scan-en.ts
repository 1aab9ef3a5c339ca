import type { ScanWords } from "./scan-ja.ts";

export const scanEn: ScanWords = {
  title: "Scan",
  aim: "Hold the code of a hospital card or a sheet inside the frame. Scanning opens nothing.",
  type: "Search by number or name",
  photo: "Read from a photo or picture",
  photoNothing: "No code could be read from this picture. Take it again in good light with the whole code in it.",
  photoFailed: "This picture could not be opened. Choose another one.",
  again: "Scan again",
  several: "Number {{number}}: {{count}} people. Choose the right person.",
  nobodyTitle: "Nobody on this device has this code",
  nobodyNumber: "Number {{number}} was looked for among {{people}} people stored here.",
  nobodyPerson: "The sheet's code was looked for among {{people}} people stored here. The person may not be shared in this region.",
  next: "Next: search by name and birth date, synchronise with the hub, telephone the hospital.",
  damaged: "The sheet's code is cut off or stained. Scan it again, or search by what is printed on the sheet.",
  enrolCode: "This is a code for enrolling a device. It is not a patient's code.",
  unknown: "This kind of code is not known. Nothing was opened.",
  unknownHelp: "What can be read: printed emergency sheets and downtime forms, barcodes of hospital cards (NW-7, CODE128, ITF).",
  formElsewhere: "A downtime form ({{id}}). Its entry cannot be begun from this screen.",
};
