/**
 * Padmé (Nikitin et al., PETS 2019): the length a text of `length` bytes is padded to. Leaks O(log log n) bits of the length and
 * adds at most 12 %.
 */
export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** Math.max(0, exponent - kept);
  return Math.ceil(length / step) * step;
}

/** Padded bytes of a protected pack at least: an empty one and one of a few items are alike, so that no size tells who has protected items. */
export const PROTECTED_LEAST = 1536;
