import { beforeAll, describe, expect, it } from "vitest";
import { append, newChain } from "../../../src/shared/audit/append.ts";
import { openBody } from "../../../src/shared/audit/body.ts";
import { refuseAlerts, verifyChain } from "../../../src/shared/audit/chain.ts";
import { type Entry, encodeEntry, entryKinds, parseEntry } from "../../../src/shared/audit/entry.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { signDetached } from "../../../src/shared/crypto/cose.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { type Actors, body, bytesOf, chainOf, inputOf, knows, newActors } from "./fixture.ts";

let actors: Actors;
let entries: Entry[];
let heads: Awaited<ReturnType<typeof chainOf>>["heads"];
beforeAll(async () => {
  actors = await newActors();
  ({ entries, heads } = await chainOf(actors, 5));
});
const alertsOf = async (batch: Parameters<typeof verifyChain>[0], known = knows(actors)) =>
  (await verifyChain(batch, known)).alerts.map(({ kind, seq }) => `${kind} ${seq}`);

describe("a whole chain", () => {
  it("links, gives the head the device has, and its bodies open at the hub", async () => {
    const verified = await verifyChain(bytesOf(entries), knows(actors));
    expect([verified.linked.length, verified.held.length, verified.repeated, verified.alerts]).toEqual([5, 0, 0, []]);
    expect(verified.heads).toEqual([heads[5]]);
    for (const entry of verified.linked) expect(await openBody(entry.sealedBody, actors.audit, entry.header)).toEqual(body);
  });

  it("pushed again is counted as repeated, and goes on where it ended", async () => {
    const known = knows(actors, entries.slice(0, 3));
    expect(await verifyChain(bytesOf(entries), known)).toMatchObject({ repeated: 3, linked: [entries[3], entries[4]], alerts: [] });
  });

  it("does not show who, whom or why in the clear", async () => {
    for (const word of ["unconscious", "ETREAT", "physician"]) {
      expect(entries.some(({ bytes }) => Buffer.from(bytes).includes(word))).toBe(false);
    }
    expect(Buffer.from(encodeCbor(body)).includes("unconscious")).toBe(true);
  });

  it("has bodies of equal length for reasons of different length", async () => {
    const long = await append(
      newChain(randomBytes(16)),
      inputOf(actors, "open-strip", { body: { ...body, note: "意識なし。家族不在。" } }),
    );
    expect(long.entry.sealedBody.length).toBe(entries[0]?.sealedBody.length);
  });
});

describe("alerts", () => {
  it("gap: what stands behind it is held, not linked", async () => {
    const { held, linked, alerts } = await verifyChain(bytesOf(entries.filter((_, i) => i !== 2)), knows(actors));
    expect([linked.length, held.length]).toEqual([2, 2]);
    expect(alerts.map(({ kind, at, seq }) => [kind, at, seq])).toEqual([
      ["gap", 2, 4],
      ["gap", 3, 5],
    ]);
  });

  it("rewind: an older image of the device wrote on", async () => {
    const second = await append(heads[2] ?? newChain(randomBytes(16)), inputOf(actors, "open-rest"));
    expect(await alertsOf([second.entry.bytes], knows(actors, entries))).toEqual(["rewind 3"]);
    expect(await alertsOf([...bytesOf(entries), second.entry.bytes])).toEqual(["rewind 3"]);
  });

  it("fork: another history of the same chain", async () => {
    const other = await chainOf(actors, 4, newChain(heads[0]?.chain ?? randomBytes(16)));
    const known = knows(actors, entries.slice(0, 3));
    expect(await alertsOf(bytesOf(other.entries.slice(1)), known)).toEqual(["fork 2", "fork 3", "fork 4"]);
  });

  it("fork: a first entry that claims a predecessor", async () => {
    const head = { chain: randomBytes(16), seq: 0, hash: randomBytes(32) };
    expect(await alertsOf([(await append(head, inputOf(actors, "lock"))).entry.bytes])).toEqual(["fork 1"]);
  });

  it("other-device: an entry of another device", async () => {
    const other = await append(newChain(randomBytes(16)), inputOf(actors, "lock", { device: randomBytes(16) }));
    expect(await alertsOf([other.entry.bytes])).toEqual(["other-device 1"]);
  });

  it("bad-signature: signed by another key than it names", async () => {
    const wrong = [
      inputOf(actors, "unlock-failed", { signer: { which: "open", key: actors.locked.privateKey } }),
      inputOf(actors, "unlock-failed", { signer: { which: "locked", key: actors.open.privateKey }, staff: null }),
      inputOf(actors, "open-strip", { staff: { id: "s1", key: actors.open.privateKey } }),
      inputOf(actors, "open-strip", { staff: { id: "s2", key: actors.staff.privateKey } }),
    ];
    for (const input of wrong)
      expect(await alertsOf([(await append(newChain(randomBytes(16)), input)).entry.bytes])).toEqual(["bad-signature 1"]);
  });

  it("bad-signature: one member's signature under another's name", async () => {
    const [entry] = entries as [Entry];
    const renamed = await encodeEntry({ ...entry, staff: { id: "s2", sig: entry.staff?.sig ?? randomBytes(64), sponsorship: null } });
    const known = { ...knows(actors), staffKeys: () => [actors.staff.publicKey] };
    expect(await alertsOf([renamed.bytes], known)).toEqual(["bad-signature 1"]);
  });

  it("malformed, or a bad signature: any bit of an entry changed", async () => {
    const bytes = entries[0]?.bytes ?? randomBytes(1);
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const verified = await verifyChain([changed], knows(actors));
      expect([verified.linked.length, verified.held.length, verified.alerts.length]).toEqual([0, 0, 1]);
    }
  });

  it("malformed: cut at any length", async () => {
    const bytes = entries[0]?.bytes ?? randomBytes(1);
    for (let length = 0; length < bytes.length; length += 5) expect(await alertsOf([bytes.slice(0, length)])).toEqual(["malformed 0"]);
  });
});

describe("which key may sign what", () => {
  const locked = () => ({ signer: { which: "locked" as const, key: actors.locked.privateKey }, staff: null });

  it("the locked key: failed unlocks, leases and wipes, nothing else", async () => {
    for (const kind of entryKinds) {
      const step = append(newChain(randomBytes(16)), inputOf(actors, kind, locked()));
      if (["unlock-failed", "lease", "wipe"].includes(kind)) expect(await alertsOf([(await step).entry.bytes])).toEqual([]);
      else await expect(step).rejects.toMatchObject({ code: "journal-key-not-allowed" });
    }
  });

  it("openings need the member's signature", async () => {
    for (const kind of ["open-strip", "open-rest", "open-protected", "confirm", "print"] as const) {
      await expect(append(newChain(randomBytes(16)), inputOf(actors, kind, { staff: null }))).rejects.toMatchObject({
        code: "journal-key-not-allowed",
      });
    }
    expect(await alertsOf([(await append(newChain(randomBytes(16)), inputOf(actors, "pull", { staff: null }))).entry.bytes])).toEqual([]);
  });

  it("a device that writes against the rule is found out by the hub", async () => {
    const [entry] = entries as [Entry];
    const stripped = await encodeEntry({ ...entry, staff: null });
    expect(await alertsOf([stripped.bytes])).toEqual(["key-not-allowed 1"]);
    const signature = await signDetached("tomoshibi/entry-device/1", entry.headerBytes, {
      key: actors.locked.privateKey,
      kid: utf8("locked"),
    });
    const byLocked = await encodeEntry({ ...entry, key: "locked", deviceSignature: signature });
    expect(await alertsOf([byLocked.bytes])).toEqual(["key-not-allowed 1"]);
  });
});

describe("a body", () => {
  it("moved to another place in the chain does not open", async () => {
    const [one, two] = entries as [Entry, Entry];
    const moved = openBody(one.sealedBody, actors.audit, two.header);
    expect(codeOf(await moved.catch((error: unknown) => error))).toBe("journal-malformed");
  });

  it("swapped in an entry makes it malformed", async () => {
    const [one, two] = entries as [Entry, Entry];
    const swapped = encodeCbor({ ...(decodeCbor(one.bytes) as object), b: two.sealedBody });
    await expect(parseEntry(swapped)).rejects.toMatchObject({ code: "journal-malformed" });
  });
});

describe("what a member wrote", () => {
  const opened = async (note: string) => {
    const { entry } = await append(newChain(randomBytes(16)), inputOf(actors, "open-strip", { body: { ...body, note } }));
    return (await openBody(entry.sealedBody, actors.audit, entry.header)).note;
  };

  it("arrives as it was, over several lines and empty too", async () => {
    for (const note of ["", "意識なし\n家族不在 𠮷田", "x".repeat(2000)]) expect(await opened(note)).toBe(note);
  });

  it("too long or half a letter does not keep anything closed, and shows the cut", async () => {
    expect(await opened("長".repeat(5000))).toBe(`${"長".repeat(1999)}…`);
    expect(await opened(`${"a".repeat(1998)}𠮷${"b".repeat(10)}`)).toBe(`${"a".repeat(1998)}\ufffd…`);
    expect(await opened("\ud800")).toBe("\ufffd");
  });

  it("in fields that hold ids is refused before anything is written", async () => {
    const input = inputOf(actors, "open-strip", { body: { ...body, reason: "x".repeat(65) } });
    await expect(append(newChain(randomBytes(16)), input)).rejects.toMatchObject({ code: "journal-malformed" });
  });
});

describe("parseEntry refuses", () => {
  it.each([
    ["an unknown key", (map: Record<string, unknown>) => ({ ...map, x: 1 })],
    ["a missing key", ({ d: _, ...map }: Record<string, unknown>) => map],
    ["an unknown device key", (map: Record<string, unknown>) => ({ ...map, k: "root" })],
    ["a short signature", (map: Record<string, unknown>) => ({ ...map, d: randomBytes(63) })],
    ["a header that is no map", (map: Record<string, unknown>) => ({ ...map, h: encodeCbor([1]) })],
    ["a staff signature without id", (map: Record<string, unknown>) => ({ ...map, s: { sig: randomBytes(64) } })],
  ])("%s", async (_name, change) => {
    const map = decodeCbor(entries[0]?.bytes ?? randomBytes(1)) as Record<string, unknown>;
    await expect(parseEntry(encodeCbor(change(map)))).rejects.toMatchObject({ code: "journal-malformed" });
  });

  it.each([
    ["another version", { v: 2 }],
    ["sequence zero", { seq: 0 }],
    ["a negative sequence", { seq: -1 }],
    ["an unknown kind", { kind: "peek" }],
    ["a short chain id", { chain: randomBytes(15) }],
    ["a fractional time", { at: 1.5 }],
  ])("a header with %s", async (_name, change) => {
    const map = decodeCbor(entries[0]?.bytes ?? randomBytes(1)) as Record<string, unknown>;
    const header = decodeCbor(map.h as Uint8Array) as Record<string, unknown>;
    await expect(parseEntry(encodeCbor({ ...map, h: encodeCbor({ ...header, ...change }) }))).rejects.toMatchObject({
      code: "journal-malformed",
    });
  });
});

describe("a device that checks its own journal", () => {
  it("gets the coded error of the first alert, or none", async () => {
    const codes = new Map<string, string>();
    for (const kind of ["malformed", "bad-signature", "key-not-allowed", "gap", "fork", "rewind"] as const) {
      try {
        refuseAlerts({ alerts: [{ kind, at: 0, seq: 1 }] });
      } catch (error) {
        codes.set(kind, codeOf(error));
      }
    }
    expect([...codes.values()]).toEqual([
      "journal-malformed",
      "journal-signature-bad",
      "journal-key-not-allowed",
      "journal-gap",
      "journal-fork",
      "journal-chain-broken",
    ]);
    expect(refuseAlerts({ alerts: [] })).toBeUndefined();
  });
});
