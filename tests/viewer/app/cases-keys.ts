/** States of the device in which keys, sponsors, the envelope and the paused screen are looked at. */
import type { Core, DeviceStatus } from "../../../src/viewer/app/core.ts";
import { now } from "../chart/people.ts";

const day = 86_400_000;

export const keyCases: Readonly<Record<string, readonly [Partial<DeviceStatus>, Partial<Core>?]>> = {
  oneWay: [{}, { keyHealth: () => ({ own: "one-way", members: 1, rotation: "storage-full" }) }],
  unproven: [{}, { keyHealth: () => ({ own: "unproven", members: 2, rotation: null }) }],
  soft: [{ phase: "soft" }],
  envelopeIn: [{ staff: null }, { visitor: () => ({ kind: "envelope", user: "架空 次郎" }) }],
  sponsoredIn: [{}, { visitor: () => ({ kind: "sponsored", until: now + day, sponsor: "見本 花子" }) }],
  lockedDisaster: [
    { phase: "locked", staff: null },
    {
      envelopeStanding: () => "ready",
      disaster: () => ({ id: "d", words: "架空県南部地震", from: now - day, until: now + day, by: "hub" }),
      members: () => [
        { id: "s1", name: "見本 花子", kana: "ミホン ハナコ", role: "physician", credentials: ["passphrase", "passkey"] },
        {
          id: "locum-1/sponsored",
          name: "応援 当直",
          kana: "応援 当直",
          role: "physician",
          credentials: ["passphrase"],
          sponsoredUntil: now + day,
        },
      ],
    },
  ],
};
