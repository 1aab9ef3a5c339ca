/** Downtime notes of the fake core, in memory: what is written is there, unsent. */
import { toBase64Url } from "../../../src/shared/bytes.ts";
import type { Note, NoteSubject, UnknownSubject } from "../../../src/shared/note/note.ts";
import type { CoreNotes, DeviceNote, NoteDraft, NoteGrant, UnknownGrant, UnknownPatient } from "../../../src/viewer/app/core-notes.ts";
import type { Hit } from "../../../src/viewer/find/search.ts";

const id = (n: number) => toBase64Url(new Uint8Array(16).fill(n));
export const unknownA: UnknownSubject = {
  kind: "unknown",
  id: id(200),
  label: "不明A 11-20 02:40",
  ageFrom: 60,
  ageTo: 75,
  sex: "male",
  features: "白髪、眼鏡、左手首に腕時計。紺の上着",
  found: "架空駅 北口",
};
export const knownSubject: NoteSubject = {
  kind: "person",
  person: id(100),
  name: "灯台 太郎",
  kana: "トウダイ タロウ",
  birthDate: "1948-03-05",
  sex: "male",
};

export function note(n: number, subject: NoteSubject, more: Pick<Note, "content" | "happened"> & Partial<Note>): Note {
  return {
    version: 1,
    id: id(n),
    subject,
    written: Date.parse(`${more.happened}:00+09:00`),
    clockDoubtful: false,
    author: { staff: "s2", name: "架空 次郎", role: "nurse" },
    site: "site-1",
    siteName: "架空中央病院",
    device: id(99),
    deviceName: "救急外来 タブレット2",
    form: null,
    corrects: null,
    ...more,
  };
}

export const shown = (of: Note, more: Partial<DeviceNote> = {}): DeviceNote => ({
  note: of,
  state: "waiting",
  code: "",
  unsent: true,
  own: true,
  correctedBy: null,
  fromUnknown: false,
  ...more,
});

const nothing = { systolic: null, diastolic: null, pulse: null, respirations: null, spo2: null, oxygen: null, temperature: null };
const emptyVitals = { kind: "vitals" as const, ...nothing, glucose: null, weight: null, gcs: null, jcs: null, pupils: "" };

/** One of each state, as a night shift leaves them. */
export const someNotes: readonly DeviceNote[] = [
  shown(
    note(5, knownSubject, {
      happened: "2026-11-20T03:10",
      content: {
        ...emptyVitals,
        systolic: "88",
        diastolic: "52",
        pulse: "122",
        respirations: "28",
        spo2: "93",
        oxygen: "6",
        temperature: "38.4",
        gcs: { e: 3, v: 4, m: 6 },
        pupils: "3 mm / 3 mm、対光反射あり",
      },
    }),
  ),
  shown(
    note(4, knownSubject, {
      happened: "2026-11-20T03:05",
      content: { kind: "medication", drug: "ノルアドレナリン", dose: "0.1", unit: "マイクログラム/kg/分", route: "中心静脈", note: "" },
      author: { staff: "s1", name: "見本 花子", role: "physician" },
    }),
    { unsent: false, state: "new" },
  ),
  shown(
    note(3, knownSubject, {
      happened: "2026-11-20T02:55",
      content: { kind: "treatment", what: "末梢静脈路確保", detail: "右前腕 20G" },
      device: id(98),
      deviceName: "救急外来 タブレット1",
    }),
    { unsent: false, state: "accepted", own: false },
  ),
  shown(
    note(2, knownSubject, {
      happened: "2026-11-20T02:50",
      content: { kind: "order", what: "血液型・交差適合試験", detail: "", urgent: true },
    }),
    { unsent: false, state: "new", correctedBy: id(6) },
  ),
];

export function fakeNotes(asked: string[], clock: () => number): CoreNotes {
  const about = new Map<string, DeviceNote[]>();
  const unknown = new Map<string, UnknownSubject>();
  let n = 10;
  const keyOf = (open: NoteGrant) => ("subject" in open ? open.subject.id : open.person);
  const add = (key: string, subject: NoteSubject, { content, happened, form, corrects }: NoteDraft) => {
    const written = shown(note(n++, subject, { content, happened, form, corrects }));
    const before = (about.get(key) ?? []).map((each) => (each.note.id === corrects ? { ...each, correctedBy: written.note.id } : each));
    about.set(key, [written, ...before]);
  };
  const grant = (subject: UnknownSubject) => ({ subject, expiresAt: clock() + 3_600_000, seq: 9 }) as UnknownGrant;
  return {
    async writeNote(open, draft) {
      asked.push(`writeNote ${keyOf(open)} ${draft.content.kind} ${draft.happened} ${draft.form} ${draft.corrects}`);
      add(keyOf(open), "subject" in open ? open.subject : knownSubject, draft);
    },
    notesOf: async (open) => ({ notes: about.get(keyOf(open)) ?? [], unreadable: 0 }),
    unknownPatients: async () =>
      [...unknown.values()].map(
        (subject): UnknownPatient => ({
          subject,
          since: "2026-11-20T02:40",
          deviceName: "救急外来 タブレット2",
          notes: about.get(subject.id)?.length ?? 0,
          identified: (about.get(subject.id) ?? []).some((each) => each.note.content.kind === "identified"),
        }),
      ),
    async registerUnknown(who, text, form) {
      asked.push(`registerUnknown ${who.ageFrom}-${who.ageTo} ${who.sex} ${form}`);
      const subject: UnknownSubject = { kind: "unknown", id: id(n++), label: "不明A 11-20 08:00", ...who };
      unknown.set(subject.id, subject);
      add(subject.id, subject, { content: { kind: "text", text }, happened: "2026-11-20T08:00", form, corrects: null });
      return grant(subject);
    },
    async openUnknown(which) {
      asked.push(`openUnknown ${which}`);
      return grant(unknown.get(which) ?? unknownA);
    },
    async identify(open, hit: Hit, how) {
      asked.push(`identify ${open.subject.label} ${hit.personRef} ${how}`);
      const name = `${hit.kanji?.family} ${hit.kanji?.given}`;
      const content = { kind: "identified" as const, person: id(100), name, kana: "", birthDate: hit.birthDate, how };
      add(open.subject.id, open.subject, { content, happened: "2026-11-20T08:00", form: null, corrects: null });
    },
    async endUnknown(open) {
      asked.push(`endUnknown ${open.subject.label}`);
    },
  };
}
