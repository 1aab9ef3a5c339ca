import type { Context } from "hono";
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import { importVerifyKey, keyId } from "../../shared/crypto/sign.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { DeviceState } from "../../shared/protocol/console.ts";
import { deviceHeader, parseDeviceHeader, proofHeader, requestWindowMs, verifyProof } from "../../shared/protocol/request.ts";
import { type DeviceRow, deviceById, seeDevice } from "../store/device.ts";
import type { Db } from "../store/store.ts";
import { readBody } from "./body.ts";
import type { Nonces } from "./nonces.ts";

export interface DeviceDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly nonces: Nonces;
}

export interface ProvenDevice {
  readonly row: DeviceRow;
  /** 16 bytes. */
  readonly id: Bytes;
  /** Which of its keys signed. */
  readonly key: "open" | "locked";
  readonly body: Bytes;
}

const seenEveryMs = 60_000;

/**
 * Who asks: proven by the device's own signature over this very request, in time, never seen before, from a device in one of `states`.
 * Errors: request-signature-bad, request-time-off (with the hub's time), request-replayed, device-unknown,
 * enrol-not-approved, enrol-refused, device-revoked, too-large.
 */
export async function provenDevice(
  context: Context,
  deps: DeviceDeps,
  states: readonly DeviceState[],
  bodyLimit = 0,
): Promise<ProvenDevice> {
  const id = parseDeviceHeader(context.req.header(deviceHeader) ?? null);
  const row = await deviceById(deps.db, toBase64Url(id));
  if (row === null) throw new TomoshibiError("device-unknown");
  const body = await readBody(context.req.raw, bodyLimit);
  const keys = await keysOf(row);
  const url = new URL(context.req.url);
  const request = { method: context.req.method, path: url.pathname + url.search, body };
  const proven = await verifyProof(
    context.req.header(proofHeader) ?? null,
    request,
    (kid) => keys.find((key) => equalBytes(key.kid, kid))?.key ?? null,
  );
  const now = deps.clock.now();
  if (Math.abs(proven.at - now) > requestWindowMs) throw new TomoshibiError("request-time-off", { hub: now });
  deps.nonces.use(row.id, toBase64Url(proven.nonce));
  if (!states.includes(row.state)) throw new TomoshibiError(stateErrors[row.state]);
  if (now - row.seen > seenEveryMs) await seeDevice(deps.db, row.id, now);
  const key = keys.find(({ kid }) => equalBytes(kid, proven.kid))?.use;
  return { row, id, key: key ?? "locked", body };
}

const stateErrors = { pending: "enrol-not-approved", approved: "forbidden", refused: "enrol-refused", revoked: "device-revoked" } as const;

async function keysOf(row: DeviceRow): Promise<readonly { kid: Bytes; key: CryptoKey; use: "open" | "locked" }[]> {
  const make = async (raw: Uint8Array, use: "open" | "locked") => {
    const bytes = new Uint8Array(raw);
    return { kid: await keyId(bytes), key: await importVerifyKey(bytes), use };
  };
  return await Promise.all([make(row.open, "open"), make(row.locked, "locked")]);
}

/** Bytes of a device's id as stored. */
export function deviceBytes(id: string): Bytes {
  const bytes = fromBase64Url(id);
  if (bytes === null) throw new TomoshibiError("internal", { field: "device" });
  return bytes;
}
