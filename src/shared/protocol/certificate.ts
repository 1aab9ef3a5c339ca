/** A device's certificate: the hub's operator has seen and approved these keys for this site. Signed by the device key of the hub. */
import { type Bytes, equalBytes } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { TomoshibiError } from "../error.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

export interface Certificate {
  readonly hub: Bytes;
  readonly device: Bytes;
  readonly site: string;
  /** Raw public keys. */
  readonly open: Bytes;
  readonly locked: Bytes;
  readonly seal: Bytes;
  /** ms of approval. */
  readonly at: number;
}

const context = "tomoshibi/device/1";
const shape = shapeOf("hub-answer-bad");

export async function signCertificate(certificate: Certificate, signer: Signer): Promise<Bytes> {
  return signObject(context, certificate, signer);
}

/** Errors: hub-answer-bad (malformed, or another hub's), cose-*. Whether the keys are one's own is the caller's to compare. */
export async function openCertificate(bytes: Bytes, { hub, keys }: HubKeys): Promise<Certificate> {
  const map = shape.map(
    await openObject(context, "hub-answer-bad", bytes, keys.device),
    ["hub", "device", "site", "open", "locked", "seal", "at"],
    "certificate",
  );
  const certificate = {
    hub: shape.bytes(map.hub, 16, "hub"),
    device: shape.bytes(map.device, 16, "device"),
    site: shape.text(map.site, 64, "site"),
    open: shape.bytes(map.open, 65, "open"),
    locked: shape.bytes(map.locked, 65, "locked"),
    seal: shape.bytes(map.seal, 65, "seal"),
    at: shape.uint(map.at, "at"),
  };
  if (!equalBytes(certificate.hub, hub)) throw new TomoshibiError("hub-answer-bad", { field: "hub" });
  return certificate;
}
