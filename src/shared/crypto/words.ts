/** The project's own list for offered passphrases (placeholder order does not matter; even draws need a power of two). */
export const passphraseWords = (): readonly string[] => [];
