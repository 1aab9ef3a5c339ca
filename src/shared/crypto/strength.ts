/**
 * How long a passphrase holds against somebody who copied the disk. The estimate of guesses is zxcvbn's (its data are a chunk of their
 * own, loaded when first needed); the cost of a guess is ours: Argon2id, 48 MiB, three passes.
 *
 * A pass reads and writes 48 MiB: 300 MB of memory traffic a guess. A card that moves 1 TB/s makes 3,300 guesses a second at the very
 * best, a thousand rented cards 3.3 million, 10^14 in a year. So least is 10^14: a year of a thousand cards, and the epoch keys, roster
 * and members of that copy are long gone. The six offered words are 2^60, ten thousand times more.
 */
import { TomoshibiError } from "../error.ts";
import { foldPassphrase } from "./passphrase.ts";

export const LEAST_GUESSES_LOG10 = 14;
/** Of one card at best; of a thousand of them. */
export const GUESSES_PER_SECOND = 3.3e6;
/** The estimate takes longer than linear time; further letters only help. */
const JUDGED_LETTERS = 100;

export interface Strength {
  readonly guessesLog10: number;
  /** Seconds that a thousand cards need on average. */
  readonly seconds: number;
  readonly enough: boolean;
}

/** known: what a guesser tries first: own name, the site's name. Its parts count as known too. */
export async function strengthOf(passphrase: string, known: readonly string[]): Promise<Strength> {
  const [{ ZxcvbnFactory }, common, ja] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-ja"),
  ]);
  const judge = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...ja.dictionary },
    graphs: common.adjacencyGraphs,
    useLevenshteinDistance: false,
  });
  const text = foldPassphrase(passphrase).slice(0, JUDGED_LETTERS);
  const { guessesLog10 } = judge.check(text, partsOf(known));
  return {
    guessesLog10,
    seconds: 10 ** guessesLog10 / 2 / GUESSES_PER_SECOND,
    enough: guessesLog10 >= LEAST_GUESSES_LOG10,
  };
}

/** Errors: "passphrase-weak". */
export async function needStrength(passphrase: string, known: readonly string[]): Promise<void> {
  const { enough, guessesLog10 } = await strengthOf(passphrase, known);
  if (!enough) throw new TomoshibiError("passphrase-weak", { guesses: Math.floor(guessesLog10) });
}

function partsOf(known: readonly string[]): string[] {
  const parts = known.flatMap((each) => [foldPassphrase(each), ...foldPassphrase(each).split(/[\s　・]+/u)]);
  return [...new Set([...parts, ...parts.map((part) => part.replaceAll(" ", ""))])].filter((part) => part.length > 1);
}
