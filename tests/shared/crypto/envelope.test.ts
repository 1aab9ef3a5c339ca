import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/shared/bytes.ts";
import { ENVELOPE_SECRET_BYTES, envelopeKeys } from "../../../src/shared/crypto/envelope.ts";
import { sign, verify } from "../../../src/shared/crypto/sign.ts";
import { openVaultKey, sealVaultKey } from "../../../src/shared/crypto/staff.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import {
  checkEnvelopeProof,
  encodeEnvelopeSecret,
  encodeNewEnvelope,
  parseEnvelopeSecret,
  parseNewEnvelope,
} from "../../../src/shared/protocol/envelope.ts";
import { codeFrom } from "../pack/fixture.ts";

const secret = Uint8Array.from({ length: ENVELOPE_SECRET_BYTES }, (_, i) => i);
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe("the keys of an envelope", () => {
  it("come from the paper alone: the same secret, the same keys, on any machine (vector, computed apart by HMAC and RFC 9180, 7.1.3)", async () => {
    const keys = await envelopeKeys(secret, "site-1");
    expect(toHex(keys.sealPublic)).toBe(
      "043b4eeea4faf3559341ee19cdb06bec6636cc6b6a8577f79b9821580f0d4cd679ff7dc02d28d6d4775cd9a2337718a4acbe68fd8c04994d849314084e56531d74",
    );
    expect(toHex(keys.signPublic)).toBe(
      "041bd957bccf74309deb436bb9aa1a1ea578dea877e8c1dfb1f797e6d7cbff0c784705fdb979e1a26aeeeaf9cb414c2248e3c27ef23ad11fceb02cb03e4ab6da93",
    );
  });

  it("seal and sign; neither private half can be exported", async () => {
    const keys = await envelopeKeys(secret, "site-1");
    const binding = { hub: randomBytes(32), device: randomBytes(16), staff: "envelope-1" };
    const vaultKey = randomBytes(32);
    expect(await openVaultKey(await sealVaultKey(vaultKey, keys.sealPublic, binding), keys.seal, binding)).toEqual(vaultKey);
    expect(await verify(keys.sign.publicKey, await sign(keys.sign.privateKey, secret), secret)).toBe(true);
    expect([keys.sign.privateKey.extractable, keys.seal.privateKey.extractable]).toEqual([false, false]);
  });

  it("are others for another site, another secret, and another use", async () => {
    const [one, site, other] = [
      await envelopeKeys(secret, "site-1"),
      await envelopeKeys(secret, "site-2"),
      await envelopeKeys(randomBytes(ENVELOPE_SECRET_BYTES), "site-1"),
    ];
    const all = [one, site, other].flatMap(({ sealPublic, signPublic }) => [toHex(sealPublic), toHex(signPublic)]);
    expect(new Set(all).size).toBe(6);
  });
});

describe("the printed secret", () => {
  it("is read back however it is typed", async () => {
    const printed = await encodeEnvelopeSecret(secret);
    expect(printed).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    for (const typed of [
      printed.toLowerCase(),
      printed.replaceAll("-", " "),
      printed.replaceAll("0", "O").replaceAll("1", "l"),
      ` ${printed}\n`,
    ])
      expect(await parseEnvelopeSecret(typed)).toEqual(secret);
  });

  it("with any one letter wrong is told to be mistyped", async () => {
    const printed = (await encodeEnvelopeSecret(secret)).replaceAll("-", "");
    await fc.assert(
      fc.asyncProperty(fc.nat(31), fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"), async (at, letter) => {
        fc.pre(printed[at] !== letter);
        expect(await codeFrom(parseEnvelopeSecret(printed.slice(0, at) + letter + printed.slice(at + 1)))).toBe("envelope-malformed");
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it.each(["", "ABCD", "u".repeat(32), "0".repeat(33)])("%j is none", async (typed) => {
    expect(await codeFrom(parseEnvelopeSecret(typed))).toBe("envelope-malformed");
  });
});

describe("what the console sends", () => {
  it("shows that the private half exists, and holds nothing of it", async () => {
    const keys = await envelopeKeys(secret, "site-1");
    const sent = json(await encodeNewEnvelope("site-1", "physician", keys));
    const asked = parseNewEnvelope(sent);
    expect(await checkEnvelopeProof(asked, keys.sign.publicKey)).toBe(true);
    expect(await checkEnvelopeProof({ ...asked, role: "nurse" }, keys.sign.publicKey)).toBe(false);
    expect(await checkEnvelopeProof({ ...asked, site: "site-2" }, keys.sign.publicKey)).toBe(false);
    expect(new TextDecoder().decode(sent)).not.toContain((await encodeEnvelopeSecret(secret)).slice(0, 9));
  });

  it("of another shape is refused", () => {
    for (const wrong of [{}, { site: "a" }, { site: "a", role: "owner", sign: "", seal: "", proof: "" }])
      expect(() => parseNewEnvelope(json(wrong))).toThrow("bad-request");
  });
});
