/** Keys, sponsors, the envelope and the soft lock of the fake core. */
import { TomoshibiError } from "../../../src/shared/error.ts";
import type { DeviceStatus } from "../../../src/viewer/app/core.ts";
import type { CoreKeys, Way } from "../../../src/viewer/app/core-keys.ts";
import { now } from "../chart/people.ts";

const day = 86_400_000;

export const ways: readonly Way[] = [
  { id: "s1/passphrase", kind: "passphrase", made: now - 200 * day, proven: now - 3 * day, rehearsed: true },
  { id: "s1/passkey/AAA", kind: "passkey", made: now - 180 * day, proven: now - 120 * day, rehearsed: false },
  { id: "s1/passkey/BBB", kind: "passkey", made: now - day, proven: null, rehearsed: false },
];

export function fakeKeys(asked: string[], set: (change: Partial<DeviceStatus>) => void): CoreKeys {
  let pin: string | null = null;
  return {
    ways: () => ways,
    keyHealth: () => ({ own: "ok", members: 2, rotation: null }),
    passphraseStrength: async (passphrase) => {
      const guessesLog10 = passphrase.length;
      return { guessesLog10, seconds: 10 ** guessesLog10 / 6.6e6, enough: guessesLog10 >= 14 };
    },
    addWay: async (proof, fresh) => {
      asked.push(`addWay ${proof.kind} ${fresh.kind}`);
    },
    removeWay: async (id, proof) => {
      asked.push(`removeWay ${id} ${proof.kind}`);
    },
    rehearse: async (credential) => {
      asked.push(`rehearse ${credential.kind}`);
      if (credential.kind === "passphrase" && credential.passphrase === "wrong") throw new TomoshibiError("unlock-wrong");
    },
    softLockOf: () => ({ minutes: 10, pinSet: pin !== null }),
    setPin: async (next) => {
      asked.push(`setPin ${next === null ? "none" : "set"}`);
      pin = next;
    },
    pause: async () => {
      asked.push("pause");
      set({ phase: "soft" });
    },
    resume: async (typed) => {
      asked.push("resume");
      if (typed === pin) return set({ phase: "unlocked" });
      throw new TomoshibiError("pin-wrong", { left: 4 });
    },
    sponsorable: () => ({
      members: [{ id: "s2", name: "架空 次郎", kana: "カクウ ジロウ", role: "nurse" }],
      roles: ["physician", "nurse", "pharmacist", "paramedic", "clerk"],
    }),
    sponsor: async (person, credential) => {
      asked.push(`sponsor ${person.kind === "member" ? person.id : `${person.name} ${person.role}`} ${credential.kind}`);
      return now + day;
    },
    envelopeStanding: () => "closed",
    envelopeUsers: () => [
      { id: "s1", name: "見本 花子", kana: "ミホン ハナコ", role: "physician" },
      { id: "s2", name: "架空 次郎", kana: "カクウ ジロウ", role: "nurse" },
    ],
    unlockByEnvelope: async (typed, userId) => {
      asked.push(`unlockByEnvelope ${typed.length} ${userId}`);
      set({ phase: "unlocked" });
    },
    visitor: () => null,
  };
}
