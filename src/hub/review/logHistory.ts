import type { ChainHead } from "../../shared/audit/append.ts";
import { type KnownDevice, readEntry, verifyChain } from "../../shared/audit/chain.ts";
import type { Entry } from "../../shared/audit/entry.ts";
import type { Leaf } from "../../shared/audit/leaf.ts";
import { type Bytes, toBase64Url, toHex } from "../../shared/bytes.ts";
import { importVerifyKey } from "../../shared/crypto/sign.ts";
import { openCertificate } from "../../shared/protocol/certificate.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import type { Noted } from "./logFindings.ts";
import { TRUSTED_SLACK_MS } from "./logLeaves.ts";

export interface PlacedLeaf extends Leaf {
  readonly index: number;
}

/** A leaf whose entry could be read. */
interface Read {
  readonly leaf: PlacedLeaf;
  readonly entry: Entry;
}

type Signer = Pick<KnownDevice, "device" | "open" | "locked">;

/** Entries are judged in windows, one device beside the other. */
const WINDOW = 2_000;
/** How far back two histories of a chain are told apart by name. */
const REMEMBERED = 1_024;

/** Signatures and chains of a log, in its order: the devices' side of it. */
export class LogHistory {
  readonly #faults: Noted;
  readonly #notices: Noted;
  readonly #signers = new Map<string, Signer>();
  readonly #staff = new Map<string, CryptoKey[]>();
  readonly #heads = new Map<string, ChainHead>();
  readonly #hashes = new Map<string, Map<number, Bytes>>();
  readonly #trusted = new Map<string, number>();
  #received = 0;
  #window: Read[] = [];

  constructor(faults: Noted, notices: Noted) {
    this.#faults = faults;
    this.#notices = notices;
  }

  /** A device counts by the certificate that the hub's device key signed; without one its entries are an unknown signer's. */
  async addDevice(id: Bytes, certificate: Bytes | null, keys: HubKeys): Promise<void> {
    const opened = certificate === null ? null : await openCertificate(certificate, keys).catch(() => null);
    if (opened === null || toHex(opened.device) !== toHex(id)) return;
    const [open, locked] = [await importVerifyKey(opened.open), await importVerifyKey(opened.locked)];
    this.#signers.set(toBase64Url(id), { device: id, open, locked });
  }

  async addStaff({ staff, device, sign }: { readonly staff: string; readonly device: Bytes; readonly sign: Bytes }): Promise<void> {
    const place = `${toBase64Url(device)}/${staff}`;
    this.#staff.set(place, [...(this.#staff.get(place) ?? []), await importVerifyKey(sign)]);
  }

  async add(leaf: PlacedLeaf): Promise<void> {
    if (leaf.received < this.#received) this.#faults.add("entry-backdated", { leaf: leaf.index });
    this.#received = Math.max(this.#received, leaf.received);
    const entry = await readEntry(leaf.entry);
    if (entry === null) this.#faults.add("entry-altered", { leaf: leaf.index });
    else this.#window.push({ leaf, entry });
    if (this.#window.length >= WINDOW) await this.flush();
  }

  async flush(): Promise<void> {
    const byDevice = new Map<string, Read[]>();
    for (const read of this.#window) {
      const device = toBase64Url(read.entry.header.device);
      byDevice.set(device, [...(byDevice.get(device) ?? []), read]);
    }
    this.#window = [];
    await Promise.all([...byDevice].map(([device, reads]) => this.#judge(device, reads)));
  }

  counts(): { readonly devices: number; readonly chains: number } {
    return { devices: this.#signers.size, chains: this.#heads.size };
  }

  headOf(chain: string): ChainHead | null {
    return this.#heads.get(chain) ?? null;
  }

  async #judge(device: string, reads: readonly Read[]): Promise<void> {
    const signer = this.#signers.get(device);
    if (signer === undefined) {
      for (const read of reads) this.#faults.add("unknown-signer", whereOf(read));
      return;
    }
    const linked = reads.filter(({ leaf }) => leaf.kind === "linked");
    const held = reads.filter(({ leaf }) => leaf.kind === "held");
    const known = this.#known(device, signer);
    const verified = await verifyChain(entriesOf(linked), known);
    if (verified.alerts.length > 0 || verified.repeated > 0) for (const read of linked) await this.#judgeOne(device, read, known);
    else for (const entry of verified.linked) this.#remember(device, entry);
    const aside = await verifyChain(entriesOf(held), known);
    const wrong = new Map(aside.alerts.map(({ at, kind }) => [at, kind]));
    for (const [at, read] of held.entries()) {
      const kind = wrong.get(at) ?? "gap";
      if (kind === "gap" || kind === "fork" || kind === "rewind") this.#notices.add("held", whereOf(read));
      else this.#faults.add(kind, whereOf(read));
    }
  }

  /** Names the fault, and goes on from this entry: one that is missing must not accuse all that follow it. */
  async #judgeOne(device: string, read: Read, known: KnownDevice): Promise<void> {
    const { alerts, repeated } = await verifyChain([read.entry], known);
    if (repeated > 0) return this.#faults.add("entry-twice", whereOf(read));
    const kind = alerts[0]?.kind;
    if (kind !== undefined) this.#faults.add(kind, whereOf(read));
    this.#remember(device, read.entry);
  }

  #known(device: string, signer: Signer): KnownDevice {
    return {
      ...signer,
      staffKeys: (id) => this.#staff.get(`${device}/${id}`) ?? [],
      headOf: (chain) => this.#heads.get(toHex(chain)) ?? null,
      hashAt: (chain, seq) => this.#hashes.get(toHex(chain))?.get(seq) ?? null,
    };
  }

  #remember(device: string, { header, hash }: Entry): void {
    const chain = toHex(header.chain);
    const hashes = this.#hashes.get(chain) ?? new Map<number, Bytes>();
    this.#hashes.set(chain, hashes.set(header.seq, hash));
    hashes.delete(header.seq - REMEMBERED);
    this.#heads.set(chain, { chain: header.chain, seq: header.seq, hash });
    if (header.trusted < (this.#trusted.get(chain) ?? 0) - TRUSTED_SLACK_MS) {
      this.#notices.add("device-backdated", { device, chain, seq: header.seq });
    }
    this.#trusted.set(chain, header.trusted);
  }
}

const entriesOf = (reads: readonly Read[]): Entry[] => reads.map(({ entry }) => entry);

const whereOf = ({ leaf, entry }: Read) => ({
  leaf: leaf.index,
  device: toBase64Url(entry.header.device),
  chain: toHex(entry.header.chain),
  seq: entry.header.seq,
});
