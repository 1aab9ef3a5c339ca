import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/shared/bytes.ts";
import { checkPassphrase, derivePassphraseKey, newKdfParameters, offerPassphrase } from "../../../src/shared/crypto/passphrase.ts";
import { passphraseWords } from "../../../src/shared/crypto/words.ts";
import { codeOf } from "../../../src/shared/error.ts";

const codeThrown = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return codeOf(error);
  }
  return "none";
};

describe("offered passphrases", () => {
  it("draw from 1,024 different words of plain letters: ten bits a word", () => {
    const words = passphraseWords();
    expect(new Set(words).size).toBe(1024);
    expect(words.every((word) => /^[a-z]{3,8}$/.test(word))).toBe(true);
  });

  it("are six words of the list, differ, and pass the check", () => {
    const words = new Set(passphraseWords());
    const offers = Array.from({ length: 200 }, offerPassphrase);
    expect(new Set(offers).size).toBe(200);
    for (const offer of offers) {
      expect(offer.split(" ")).toHaveLength(6);
      expect(offer.split(" ").every((word) => words.has(word))).toBe(true);
      expect(codeThrown(() => checkPassphrase(offer))).toBe("none");
    }
    const drawn = new Set(offers.flatMap((offer) => offer.split(" ")));
    expect(drawn.size).toBeGreaterThan(500);
  });
});

describe("a passphrase of one's own", () => {
  it.each([
    "",
    "123456",
    "hinata",
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabcabc",
    "abcdefghijklmn",
    "98765432109876543210",
    "19480305-123",
    "１２３４５６７８９０１２",
    "tomotomotomo",
  ])("%s is refused", (weak) => {
    expect(codeThrown(() => checkPassphrase(weak))).toBe("passphrase-weak");
  });

  it.each(["umi no mukou ni akari", "灯台のあかりが みえる海べのみち", "kX9-vw2_Qm4z"])("%s is accepted", (fine) => {
    expect(codeThrown(() => checkPassphrase(fine))).toBe("none");
  });
});

describe("derivation", () => {
  const parameters = { ...newKdfParameters(), salt: new Uint8Array(16).fill(7), memoryKiB: 19_456, iterations: 2 };

  it("folds width, capitals and spaces, which keyboards change by themselves", async () => {
    const plain = await derivePassphraseKey("umi kaze", parameters);
    expect(await derivePassphraseKey("  Ｕｍｉ　 Kaze ", parameters)).toEqual(plain);
    expect(await derivePassphraseKey("umikaze", parameters)).not.toEqual(plain);
  });

  it("gives the bytes of the committed vector", async () => {
    expect(toHex(await derivePassphraseKey("umi kaze", parameters))).toMatchInlineSnapshot(
      `"e291fccec8bb404b9cbbb0db3db9e506a08902504e18a2ececa3576242b78444"`,
    );
  });

  it.each([
    { memoryKiB: 1024 },
    { memoryKiB: 4_194_304 },
    { iterations: 1 },
    { iterations: 1_000_000 },
    { iterations: Number.NaN },
    { parallelism: 8 },
    { salt: new Uint8Array(4) },
  ])("parameters %o read from disk are refused", async (changed) => {
    await expect(derivePassphraseKey("umi kaze", { ...parameters, ...changed })).rejects.toMatchObject({ code: "kdf-parameters-refused" });
  });
});
