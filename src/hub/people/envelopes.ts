/** Sealed envelopes: one in force for each site. The hub gets public keys; it never sees the secret, and could not open a device with what it has. */
import { importSealPublic } from "../../shared/crypto/hpke.ts";
import { importVerifyKey } from "../../shared/crypto/sign.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { checkEnvelopeProof, type EnvelopeList, type NewEnvelope } from "../../shared/protocol/envelope.ts";
import type { RosterMember } from "../../shared/protocol/roster.ts";
import { addEnvelope, endEnvelopes, envelopeRows } from "../store/envelope.ts";
import { siteById, workingSites } from "../store/site.ts";
import type { Db } from "../store/store.ts";
import { noteChange } from "./changes.ts";
import type { PeopleDeps } from "./deps.ts";
import { shortId } from "./ids.ts";

/** What staff read as the name of the account. */
export const envelopeName = "非常用封筒";
const envelopeKana = "ヒジョウヨウフウトウ";

/** A new envelope takes the place of the one before. Errors: "not-found" (site), "bad-request" (keys that are none, or no proof of them). */
export async function putEnvelope(deps: PeopleDeps, asked: NewEnvelope, by: string): Promise<void> {
  const site = await siteById(deps.db, asked.site);
  if (site === null || site.removed !== 0) throw new TomoshibiError("not-found", { field: "site" });
  let key: CryptoKey;
  try {
    key = await importVerifyKey(asked.sign);
    await importSealPublic(asked.seal);
  } catch (cause) {
    throw new TomoshibiError("bad-request", { field: "keys" }, { cause });
  }
  if (!(await checkEnvelopeProof(asked, key))) throw new TomoshibiError("bad-request", { field: "proof" });
  const created = deps.clock.now();
  const id = `envelope-${shortId()}`;
  await deps.db.transaction().execute(async (tx) => {
    await endEnvelopes(tx, site.id, created, by);
    const { role, sign, seal } = asked;
    await addEnvelope(tx, { id, site: site.id, role, sign, seal, created, created_by: by, ended: 0, ended_by: "" });
    await noteChange({ db: tx, clock: deps.clock }, { by, site: site.id, subject: id, kind: "envelope-new" });
  });
}

/** The paper opens nothing more, once devices have heard. Errors: "not-found" when none is in force. */
export async function killEnvelope(deps: PeopleDeps, site: string, by: string): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    if ((await endEnvelopes(tx, site, deps.clock.now(), by)) === 0) throw new TomoshibiError("not-found", { field: "envelope" });
    await noteChange({ db: tx, clock: deps.clock }, { by, site, subject: site, kind: "envelope-end" });
  });
}

export async function listEnvelopes(db: Db): Promise<EnvelopeList> {
  const sites = (await workingSites(db)).map(({ id, name }) => ({ id, name }));
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  const envelopes = (await envelopeRows(db)).map(({ id, site, role, created, created_by: by, ended }) => {
    return { id, site, siteName: names.get(site) ?? site, role, created, by, ended };
  });
  return { sites, envelopes };
}

/** The account in force, as the site's roster names it. */
export async function envelopeMembers(db: Db, site: string): Promise<readonly RosterMember[]> {
  return (await envelopeRows(db, site)).flatMap(({ id, role, sign, seal, ended }) => {
    if (ended !== 0) return [];
    const keys = { sign: new Uint8Array(sign), seal: new Uint8Array(seal) };
    return [{ id, name: envelopeName, kana: envelopeKana, role, ...keys, envelope: true as const }];
  });
}

/** Keys of every envelope that a site ever had, by id: for the journals of its devices. */
export async function envelopeVerifyKeys(db: Db, site: string): Promise<readonly (readonly [string, readonly CryptoKey[]])[]> {
  const rows = await envelopeRows(db, site);
  return await Promise.all(rows.map(async ({ id, sign }) => [id, [await importVerifyKey(new Uint8Array(sign))]] as const));
}
