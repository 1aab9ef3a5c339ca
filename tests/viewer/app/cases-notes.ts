/** States of the device in which notes were written: here, on the site's other tablets, about somebody nobody knows. */
import { TomoshibiError } from "../../../src/shared/error.ts";
import type { Core, DeviceStatus } from "../../../src/viewer/app/core.ts";
import { note, shown, someNotes, unknownA } from "./fake-notes.ts";

const unknownNotes = [
  shown(note(21, unknownA, { happened: "2026-11-20T02:40", content: { kind: "text", text: "身元不明の患者として登録" } }), {
    unsent: false,
    state: "new",
  }),
];
const patients = [
  { subject: unknownA, since: "2026-11-20T02:40", deviceName: "救急外来 タブレット2", notes: 3, identified: false },
  {
    subject: {
      ...unknownA,
      id: "B".repeat(22),
      label: "不明B 11-20 01:15",
      ageFrom: null,
      ageTo: 5,
      sex: "unknown" as const,
      features: "",
      found: "",
    },
    since: "2026-11-20T01:15",
    deviceName: "救急外来 タブレット1",
    notes: 1,
    identified: true,
  },
];

export const noteCases: Readonly<Record<string, readonly [Partial<DeviceStatus>, Partial<Core>?]>> = {
  notes: [{ notes: { unsent: 1, version: 1 } }, { notesOf: async () => ({ notes: someNotes, unreadable: 1 }) }],
  notesFull: [{}, { writeNote: () => Promise.reject(new TomoshibiError("journal-write-failed")) }],
  unknowns: [{}, { unknownPatients: async () => patients, notesOf: async () => ({ notes: unknownNotes, unreadable: 0 }) }],
};
