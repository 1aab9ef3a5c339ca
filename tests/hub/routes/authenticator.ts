/** A passkey in software, byte by byte as Web Authentication Level 3 §6.5 says, so that a test can make each of its faults. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { encode } from "cbor2";

export interface Faults {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly userVerified?: boolean;
  readonly userHandle?: string;
  readonly signature?: string;
  readonly crossOrigin?: boolean;
}

export interface SoftPasskey {
  /** Of the next signature. */
  counter: number;
  readonly id: string;
  create(options: unknown, faults?: Faults): object;
  sign(options: unknown, faults?: Faults): object;
}

interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const hash = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest();

export function softPasskey(origin: string): SoftPasskey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const raw = randomBytes(32);
  const id = text(raw);
  let handle = "";

  const clientData = (type: string, { challenge }: Options, faults: Faults) =>
    Buffer.from(
      JSON.stringify({
        type: faults.type ?? type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? origin,
        crossOrigin: faults.crossOrigin ?? false,
      }),
    );
  const authenticatorData = (rpId: string, faults: Faults, counter: number, attested: Uint8Array) => {
    const flags = 0x01 | (faults.userVerified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([hash(faults.rpId ?? rpId), Buffer.from([flags]), count, attested]);
  };
  const credential = (response: object) => ({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response });

  const self: SoftPasskey = {
    counter: 0,
    id,
    create(given, faults = {}) {
      const options = given as Options;
      handle = options.user?.id ?? "";
      const bytes = (word: string) => new Uint8Array(Buffer.from(word, "base64url"));
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ]);
      const length = Buffer.from([0, raw.length]);
      const attested = Buffer.concat([Buffer.alloc(16), length, raw, encode(key)]);
      const authData = authenticatorData(options.rp?.id ?? "", faults, self.counter, attested);
      const attestationObject = encode(
        new Map<string, unknown>(Object.entries({ fmt: "none", attStmt: new Map(), authData: new Uint8Array(authData) })),
      );
      return credential({
        clientDataJSON: text(clientData("webauthn.create", options, faults)),
        attestationObject: text(attestationObject),
        transports: ["internal"],
      });
    },
    sign(given, faults = {}) {
      const options = given as Options;
      const data = clientData("webauthn.get", options, faults);
      const authData = authenticatorData(options.rpId ?? "", faults, self.counter, new Uint8Array(0));
      const signature = createSign("sha256")
        .update(Buffer.concat([authData, hash(data)]))
        .sign(privateKey);
      return credential({
        clientDataJSON: text(data),
        authenticatorData: text(authData),
        signature: faults.signature ?? text(signature),
        userHandle: faults.userHandle ?? handle,
      });
    },
  };
  return self;
}
