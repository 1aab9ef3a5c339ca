/** Device notes as the chart draws them: everything in words. */
import type { Translate } from "../../words/index.ts";
import type { AppWords } from "../../words/ja.ts";
import type { NotesWords } from "../../words/notes-ja.ts";
import type { DeviceNoteView } from "../chart/DeviceNotes.tsx";
import { formatDate, formatInstant } from "../chart/dates.ts";
import { noteText } from "../notes/noteText.ts";
import type { DeviceNote } from "./core-notes.ts";

interface Words {
  readonly notes: Translate<NotesWords>;
  readonly app: Translate<AppWords>;
  readonly language: "ja" | "en";
}

const roles = ["physician", "nurse", "pharmacist", "paramedic", "clerk"] as const;
const toLookAt: ReadonlySet<string> = new Set(["waiting", "refused", "rejected"]);

export function viewOf({ note, state, code, correctedBy, fromUnknown }: DeviceNote, { notes: t, app, language }: Words): DeviceNoteView {
  const { author, subject, form } = note;
  const role = roles.find((each) => each === author.role);
  const entered = formatInstant(note.written);
  const marks = [
    note.corrects === null ? "" : t("corrects"),
    fromUnknown && subject.kind === "unknown" ? t("fromUnknown", { label: subject.label }) : "",
    form === null ? "" : t("fromForm", { form: form.slice(0, 5) }),
    note.clockDoubtful ? t("clock") : "",
  ];
  return {
    id: note.id,
    ...noteText(note.content, t),
    when: formatDate(note.happened, language),
    from: [
      t("author", { name: author.name, role: role === undefined ? author.role : app(`role.${role}`) }),
      t("place", { site: note.siteName, device: note.deviceName }),
      // Written down at once, it says nothing that the time above does not.
      entered.replace(" ", "T") === note.happened ? "" : t("late", { at: entered }),
    ].filter((fact) => fact !== ""),
    state: { text: state === "refused" ? t("state.refused", { code }) : t(`state.${state}`), look: toLookAt.has(state) },
    marks: marks.filter((mark) => mark !== ""),
    replaced: correctedBy !== null,
  };
}
