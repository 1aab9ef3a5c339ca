import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { epochOf, leaseFor, openKeys, rotateEpoch } from "../../../src/hub/publish/index.ts";
import { emptyBody, openBody, sealBody } from "../../../src/shared/audit/body.ts";
import { makeDeviceKeys } from "../../../src/shared/crypto/device.ts";
import { openKeys as openSignedKeys } from "../../../src/shared/protocol/keys.ts";
import { openEpochKey, openLease } from "../../../src/shared/protocol/lease.ts";
import { newFolder } from "./fixture.ts";

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, "keys", name);

describe("the hub's keys", () => {
  it("are made once, and are the same afterwards", async () => {
    const first = await openKeys(folder);
    const second = await openKeys(folder);
    expect([second.hub, second.signedKeys, second.rootHash, second.sealing]).toEqual([
      first.hub,
      first.signedKeys,
      first.rootHash,
      first.sealing,
    ]);
    expect(second.signers.lease.kid).toEqual(first.signers.lease.kid);
    expect(await openSignedKeys(first.signedKeys, first.rootHash)).toEqual(first.publicKeys);
  });

  it("are one set when two processes start at once", async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => openKeys(folder)));
    expect(new Set(all.map(({ signedKeys }) => String(signedKeys))).size).toBe(1);
    expect(readdirSync(join(folder, "keys")).sort()).toEqual(["hub.json", "root.json"]);
  });

  it("lie in files that only the hub's user reads", async () => {
    await openKeys(folder);
    await epochOf({ dataDir: folder }, "region");
    for (const name of ["hub.json", "root.json", "epoch-region.json"]) expect(statSync(file(name)).mode & 0o777).toBe(0o600);
  });

  it("need the root no more once made: it can be kept offline", async () => {
    const first = await openKeys(folder);
    rmSync(file("root.json"));
    expect((await openKeys(folder)).signedKeys).toEqual(first.signedKeys);
    expect(readdirSync(join(folder, "keys"))).toEqual(["hub.json"]);
  });

  it("cannot be exported from the running hub", async () => {
    const { signers, audit } = await openKeys(folder);
    expect([...Object.values(signers).map(({ key }) => key.extractable), audit.privateKey.extractable]).toEqual(Array(7).fill(false));
  });

  it.each(["", "{", "{}", "null", '{"version":2}'])("damaged to %s are refused, and the file is left as it is", async (text) => {
    mkdirSync(join(folder, "keys"));
    writeFileSync(file("hub.json"), text);
    await expect(openKeys(folder)).rejects.toMatchObject({ code: "keys-malformed" });
    expect(readFileSync(file("hub.json"), "utf8")).toBe(text);
  });

  it("with another root's signature are refused", async () => {
    await openKeys(folder);
    const stored = JSON.parse(readFileSync(file("hub.json"), "utf8"));
    const other = newFolder();
    await openKeys(other);
    const foreign = JSON.parse(readFileSync(join(other, "keys", "hub.json"), "utf8"));
    rmSync(other, { recursive: true });
    writeFileSync(file("hub.json"), JSON.stringify({ ...stored, signedKeys: foreign.signedKeys }));
    await expect(openKeys(folder)).rejects.toMatchObject({ code: "keys-malformed" });
  });

  it("open what devices seal to the audit key", async () => {
    const { audit, publicKeys } = await openKeys(folder);
    const place = { chain: new Uint8Array(16), seq: 1, prev: new Uint8Array(32) };
    const sealed = await sealBody({ ...emptyBody, note: "x" }, publicKeys.keys.audit, place);
    expect((await openBody(sealed, audit, place)).note).toBe("x");
  });
});

describe("a lease", () => {
  const terms = { cohort: "region", seq: 3, normalUntil: 10, disasterUntil: 20, graceHours: 72, at: 5 };

  it("brings the epoch key to the device it was made for, and to no other", async () => {
    const secrets = await openKeys(folder);
    const [mine, other] = [await makeDeviceKeys(), await makeDeviceKeys()];
    const device = new Uint8Array(16).fill(4);
    const bytes = await leaseFor(secrets, { ...terms, device, seal: mine.publics.seal });
    const lease = await openLease(bytes, secrets.publicKeys, device);
    const { key, epoch } = await epochOf(secrets, "region");
    expect(lease).toMatchObject({ ...terms, epoch });
    expect(await openEpochKey(lease, mine.seal)).toEqual(key);
    await expect(openEpochKey(lease, other.seal)).rejects.toMatchObject({ code: "lease-other-device" });
    await expect(openLease(bytes, secrets.publicKeys, new Uint8Array(16))).rejects.toMatchObject({ code: "lease-other-device" });
    for (const change of [{ epoch: 9 }, { seq: 9 }, { cohort: "other" }, { hub: new Uint8Array(16) }]) {
      await expect(openEpochKey({ ...lease, ...change }, mine.seal)).rejects.toMatchObject({ code: "lease-other-device" });
    }
  });

  it("of a new epoch brings another key", async () => {
    const before = await epochOf({ dataDir: folder }, "region");
    const after = await rotateEpoch({ dataDir: folder }, "region");
    expect([before.epoch, after.epoch]).toEqual([1, 2]);
    expect(after.key).not.toEqual(before.key);
    expect(await epochOf({ dataDir: folder }, "region")).toEqual(after);
  });

  it("for a cohort whose name would leave the folder is refused", async () => {
    for (const cohort of ["../x", "", "A", "a/b", "."])
      await expect(epochOf({ dataDir: folder }, cohort)).rejects.toMatchObject({ code: "bad-request" });
  });

  it("with a damaged epoch file is refused, and the file is left as it is", async () => {
    mkdirSync(join(folder, "keys"));
    for (const text of ["{", "null", '{"epoch":1,"key":"AA"}']) {
      writeFileSync(file("epoch-region.json"), text);
      await expect(epochOf({ dataDir: folder }, "region")).rejects.toMatchObject({ code: "keys-malformed" });
    }
  });
});
