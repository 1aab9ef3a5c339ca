import { expect, test } from "vitest";
import { makeEnvelopeApi } from "../../src/console/envelopeApi.ts";
import { toBase64Url } from "../../src/shared/bytes.ts";
import { envelopeKeys } from "../../src/shared/crypto/envelope.ts";
import { randomBytes } from "../../src/shared/crypto/wrap.ts";
import { encodeEnvelopeSecret, parseEnvelopeSecret } from "../../src/shared/protocol/envelope.ts";

test("the letters on the sheet are the account that is sent, and no form of them travels", async () => {
  const sent: string[] = [];
  const api = makeEnvelopeApi(async (method, path, body) => {
    sent.push(`${method} ${path} ${JSON.stringify(body ?? {})}`);
    return { sites: [{ id: "site-1", name: "架空中央病院" }], envelopes: [] };
  });
  const secret = randomBytes(18);
  const letters = await encodeEnvelopeSecret(secret);
  await api.put("site-1", "physician", await envelopeKeys(secret, "site-1"));
  const printed = await envelopeKeys(await parseEnvelopeSecret(letters), "site-1");
  expect(sent.join()).toContain(toBase64Url(printed.signPublic));
  expect(sent.join()).toContain(toBase64Url(printed.sealPublic));
  for (const form of [letters, letters.replaceAll("-", ""), toBase64Url(secret)]) expect(sent.join()).not.toContain(form);
});
