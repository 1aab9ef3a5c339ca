/** Who copied the disk: before the lease ended, after it, after a wipe; through the app, and by looking at the bytes. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import type { JournalDb } from "../../../src/viewer/journal/db.ts";
import type { VaultDb } from "../../../src/viewer/vault/db.ts";
import { faults } from "../../msw/handlers.ts";
import { revoke } from "../../msw/hub.ts";
import { ending, type TestDevice, testDevice } from "./device.ts";
import { day, eventually, hour, pass, passkey, quickWard, rowsIn, type Ward } from "./quick.ts";

type Disk = Record<"vault" | "journal", Record<string, unknown[]>>;

async function dump(device: TestDevice): Promise<Disk> {
  const read = async (db: VaultDb | JournalDb) => {
    const rows: Record<string, unknown[]> = {};
    for (const table of db.tables) rows[table.name] = await table.toArray();
    db.close();
    return rows;
  };
  return { vault: await read(device.vault()), journal: await read(device.journal()) };
}

/** The copy in another browser: no hub answers it, and its clock is the thief's. */
async function copied(disk: Disk, { hub, device }: Ward, clock: number): Promise<TestDevice> {
  const copy = testDevice(hub);
  Object.assign(copy.deps, { passkeys: device.deps.passkeys });
  copy.faults = [faults.gone("/")];
  copy.skew = clock;
  const write = async (db: VaultDb | JournalDb, rows: Record<string, unknown[]>) => {
    for (const table of db.tables) await table.bulkAdd(rows[table.name] ?? []);
    db.close();
  };
  await write(copy.vault(), disk.vault);
  await write(copy.journal(), disk.journal);
  return copy;
}

/** Every byte and every word of a disk, as text that can be searched. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
  if (Array.isArray(value)) return value.map(textOf).join("\n");
  if (value instanceof CryptoKey) return "";
  if (typeof value === "object" && value !== null) return Object.values(value).map(textOf).join("\n");
  return String(value);
}
const holdsWord = (disk: Disk, word: string) =>
  [disk.vault, disk.journal].some((rows) => {
    const text = textOf(Object.values(rows));
    return text.includes(word) || text.includes(Buffer.from(word, "utf8").toString("latin1"));
  });

// A ward is enrolled for each test: seconds on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });
let ward: Ward;
let before: Disk;
beforeEach(async () => {
  ward = await quickWard();
  await ward.core.lock();
  before = await dump(ward.device);
});
const nobodysPasskey = () => ({
  supported: async () => true,
  create: async () => Promise.reject(new Error("none")),
  secret: async ([asked]: readonly { readonly credentialId: Uint8Array<ArrayBuffer> }[]) => ({
    credentialId: asked?.credentialId ?? new Uint8Array(16),
    secret: new Uint8Array(32),
  }),
});

describe("a copy from before the end of the lease", () => {
  test("names nobody and opens for nobody without a credential, whatever clock it is shown", async () => {
    for (const word of ["試験", "シケン", "ワルファリン", "架空県見本市試験町"])
      expect([word, holdsWord(before, word)]).toEqual([word, false]);
    // The search itself finds what does lie in the clear.
    expect(holdsWord(before, "見本診療所")).toBe(true);
    for (const clock of [0, 400 * day, -400 * day]) {
      const copy = await copied(before, ward, clock);
      Object.assign(copy.deps, { passkeys: nobodysPasskey() });
      const core = await copy.start();
      expect(await ending(core.unlock("dr1", passkey))).toMatch(/unlock-wrong|vault-damaged/);
      expect(await ending(core.unlock("dr1", { kind: "passphrase", passphrase: "あかり みほん" }))).toBe("staff-unknown");
      expect(core.status().phase).toBe("locked");
    }
  });

  test("opens nothing by the app after the lease, with a credential either", async () => {
    const copy = await copied(before, ward, 31 * day);
    const core = await copy.start();
    await core.unlock("dr1", passkey);
    expect([core.search("試験"), core.status().leaseState]).toEqual([[], "doubtful"]);
    copy.skew = 0;
    expect(core.search("試験")).toEqual([]);
  });

  test("not defended, and said so: a clock set back before the copy ever ran, and a credential, open the people cached in it", async () => {
    pass(ward.device, 60 * day);
    const copy = await copied(before, ward, day);
    const core = await copy.start();
    await core.unlock("dr1", passkey);
    const [hit] = core.search("試験");
    if (!hit) throw new Error("nobody found");
    expect(await ending(core.breakGlass(hit, "unconscious"))).toBe("resolved");
  });
});

describe("a copy from after the end of the lease", () => {
  async function over(): Promise<Disk> {
    const minutes: (() => void)[] = [];
    Object.assign(ward.device.deps, {
      every(ms: number, work: () => void) {
        if (ms === 60_000) minutes.push(work);
        return () => undefined;
      },
    });
    ward.device.faults = [faults.gone("/")];
    pass(ward.device, 31 * day);
    const core = await ward.device.start();
    core.status();
    pass(ward.device, 72 * hour, true);
    for (const work of minutes) work();
    await eventually(async () => expect((await rowsIn(ward.device)).rings).toBe(0));
    return dump(ward.device);
  }

  test("holds neither ring nor index nor epoch key; with a credential, and the clock set back, nothing opens", async () => {
    const after = await over();
    expect([after.vault.rings, after.vault.shards]).toEqual([[], []]);
    expect(after.vault.wrapped?.map((row) => (row as { what: string }).what)).toEqual(["device"]);
    for (const clock of [0, day, 34 * day, 400 * day]) {
      const core = await (await copied(after, ward, clock)).start();
      await core.unlock("dr1", passkey);
      expect([core.search("試験"), core.status().leaseState]).toEqual([[], "over"]);
    }
  });

  test("whose clock facts were thrown away has nothing to open either", async () => {
    const after = await over();
    const facts = (after.vault.facts as { id: string }[]).filter(({ id }) => id === "people" || id === "manifest");
    const core = await (await copied({ ...after, vault: { ...after.vault, facts } }, ward, day)).start();
    expect(await ending(core.unlock("dr1", passkey))).toBe("vault-damaged");
    expect(core.status().phase).toBe("locked");
  });
});

describe("a copy from after a wipe", () => {
  test("taken before the journal was home holds sealed entries and a key that opens nothing", async () => {
    await revoke(ward.hub);
    ward.device.faults = [faults.gone("/api/journal")];
    await ending((await ward.device.start()).sync());
    const after = await dump(ward.device);
    expect(Object.entries(after.vault).flatMap(([name, rows]) => (rows.length > 0 ? [name] : []))).toEqual(["signed", "device", "facts"]);
    expect(holdsWord(after, "灯台 医子")).toBe(false);
    const core = await (await copied(after, ward, 0)).start();
    expect([core.status().phase, core.members(), await ending(core.unlock("dr1", passkey))]).toEqual(["wiped", [], "staff-unknown"]);
  });

  test("nothing of the journal stays readable once it is home; a copy from before the wipe goes on until its lease ends, and is refused by the hub", async () => {
    await revoke(ward.hub);
    await (await ward.device.start()).sync();
    const after = await dump(ward.device);
    const names = Object.entries({ ...after.vault, ...after.journal }).flatMap(([name, rows]) => (rows.length > 0 ? [name] : []));
    expect(names).toEqual(["facts"]);
    const copy = await copied(before, ward, 0);
    copy.faults = [];
    const core = await copy.start();
    await core.unlock("dr1", passkey);
    expect(core.search("試験")).not.toEqual([]);
    // At its first contact it is told the same.
    await ending(core.sync());
    expect(core.status().wipe).not.toBeNull();
    expect((await rowsIn(copy)).rings).toBe(0);
    expect(toBase64Url(ward.hub.device?.id ?? new Uint8Array(0)).length).toBe(22);
  });
});
