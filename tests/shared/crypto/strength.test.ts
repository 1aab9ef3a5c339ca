import { expect, test } from "vitest";
import { checkPassphrase, offerPassphrase } from "../../../src/shared/crypto/passphrase.ts";
import { LEAST_GUESSES_LOG10, needStrength, strengthOf } from "../../../src/shared/crypto/strength.ts";
import { codeFrom } from "../pack/fixture.ts";

const known = ["灯台 医子", "トウダイ イコ", "架空中央病院"];

test.each([
  ["a common password with digits behind", "password1234!"],
  ["a row of keys", "qwertyuiop123456"],
  ["a family name and a birth date", "tanaka19800101"],
  ["own name and a year", "灯台医子救急センター2026"],
  ["the site's name twice", "架空中央病院架空中央病院1"],
  ["own kana", "トウダイイコトウダイ1234"],
  ["a line of a song everybody knows", "sakura sakura yayoi"],
])("%s passes the floor's fast look and falls to the estimate", async (_, passphrase) => {
  expect(() => checkPassphrase(passphrase)).not.toThrow();
  expect(await codeFrom(needStrength(passphrase, known))).toBe("passphrase-weak");
});

test("what a thousand cards do not find in a year passes: a sentence, four words of one's own", async () => {
  for (const passphrase of ["桜が咲いたら川沿いを犬と散歩する", "correct horse battery staple", "あかり みほん しけん とうだい"])
    expect((await strengthOf(passphrase, known)).enough).toBe(true);
});

test("every offer is ten thousand times stronger than what is asked for", async () => {
  for (let i = 0; i < 20; i++) expect((await strengthOf(offerPassphrase(), known)).guessesLog10).toBeGreaterThan(LEAST_GUESSES_LOG10 + 4);
});

test("own names count whether written together, apart, or in other letters of the same width", async () => {
  const own = (await strengthOf("トウダイイコの病院です", known)).guessesLog10;
  const other = (await strengthOf("トウダイイコの病院です", [])).guessesLog10;
  expect(own).toBeLessThan(other);
});

test("a very long passphrase is judged at once", async () => {
  const before = performance.now();
  expect((await strengthOf("桜が咲いたら川沿いを犬と散歩する".repeat(200), known)).guessesLog10).toBeGreaterThan(0);
  expect(performance.now() - before).toBeLessThan(5_000);
});
