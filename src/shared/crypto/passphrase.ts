/**
 * Passphrases: derivation (Argon2id), the offer of six words, and the least strength accepted.
 * An offered passphrase is six words drawn evenly from 1,024: exactly 60 bits. At 48 MiB and three passes a guess costs a
 * quarter of a second of one core, so 2^59 guesses stay out of reach of whoever copied the disk.
 */
import { type Bytes, utf8 } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { passphraseWords } from "./words.ts";
import { randomBytes } from "./wrap.ts";

export interface KdfParameters {
  readonly salt: Bytes;
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

export const OFFERED_WORDS = 6;
/** Shortest passphrase of a member's own making. */
export const PASSPHRASE_MIN_LENGTH = 12;

export const newKdfParameters = (): KdfParameters => ({ salt: randomBytes(16), memoryKiB: 49_152, iterations: 3, parallelism: 1 });

/**
 * 32 bytes. The text is folded first (NFKC, lower case, runs of space to one): tablets capitalise first letters by themselves.
 * Parameters come from disk and may have been changed: outside 19–64 MiB, 2–10 passes, one lane, 16–64 bytes of salt they are refused
 * ("kdf-parameters-refused"), so that they can neither weaken the guess nor hang the tablet.
 */
export async function derivePassphraseKey(passphrase: string, parameters: KdfParameters): Promise<Bytes> {
  const { salt, memoryKiB, iterations, parallelism } = checkParameters(parameters);
  // Loaded when first needed: the lock screen must stand before anything is derived.
  const { argon2id } = await import("hash-wasm");
  const key = await argon2id({
    password: utf8(foldPassphrase(passphrase)),
    salt,
    memorySize: memoryKiB,
    iterations,
    parallelism,
    hashLength: 32,
    outputType: "binary",
  });
  return Uint8Array.from(key);
}

/** Six words of the project's list, joined by spaces: 60 bits. */
export function offerPassphrase(): string {
  const words = passphraseWords();
  const draws = new Uint16Array(randomBytes(2 * OFFERED_WORDS).buffer);
  return [...draws].map((draw) => words[draw % words.length]).join(" ");
}

/**
 * Refuses ("passphrase-weak") what falls to the first guesses: under 12 letters, fewer than 6 different ones, digits and marks alone under 20,
 * a short piece repeated, or a plain run such as "abcdefghijkl". It is a floor, not a measure of strength: the offer is the better way.
 */
export function checkPassphrase(passphrase: string): void {
  const letters = [...foldPassphrase(passphrase).replaceAll(" ", "")];
  const weak =
    letters.length < PASSPHRASE_MIN_LENGTH ||
    new Set(letters).size < 6 ||
    (/^[\d\p{P}]+$/u.test(letters.join("")) && letters.length < 20) ||
    isRepeated(letters) ||
    longestRun(letters) > letters.length / 2;
  if (weak) throw new TomoshibiError("passphrase-weak", { least: PASSPHRASE_MIN_LENGTH });
}

export const foldPassphrase = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();

function isRepeated(letters: readonly string[]): boolean {
  for (let period = 1; period <= letters.length / 2; period++) {
    if (letters.every((letter, i) => letter === letters[i % period])) return true;
  }
  return false;
}

/** Longest stretch in which each letter follows the one before it by the same step (abcd, 9876, aaaa). */
function longestRun(letters: readonly string[]): number {
  let longest = 1;
  let run = 1;
  for (let i = 2; i < letters.length; i++) {
    const step = code(letters, i) - code(letters, i - 1);
    run = Math.abs(step) <= 1 && step === code(letters, i - 1) - code(letters, i - 2) ? run + 1 : 1;
    longest = Math.max(longest, run + 1);
  }
  return longest;
}

const code = (letters: readonly string[], at: number): number => letters[at]?.codePointAt(0) ?? 0;

function checkParameters(parameters: KdfParameters): KdfParameters {
  const { salt, memoryKiB, iterations, parallelism } = parameters;
  const within = (value: number, low: number, high: number) => Number.isInteger(value) && value >= low && value <= high;
  const fine = within(memoryKiB, 19_456, 65_536) && within(iterations, 2, 10) && parallelism === 1 && within(salt.length, 16, 64);
  if (!fine) throw new TomoshibiError("kdf-parameters-refused", { memoryKiB, iterations, parallelism });
  return parameters;
}
