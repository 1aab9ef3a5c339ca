import { useTranslation } from "react-i18next";
import { addWords, type Language, languageOf, type Translate, type WordValues } from "./index.ts";
import type { AppWords } from "./ja.ts";

export interface Words<T> {
  readonly t: Translate<T>;
  readonly language: Language;
}

/** The words of the screens; a key that is not in ja.ts does not compile. */
export function useWords(): Words<AppWords> {
  const { t, i18n } = useTranslation("app");
  return { t: (key, values) => t(key, asText(values)), language: languageOf(i18n) };
}

/** Words of a namespace that a lazily loaded part brings along. */
export function useMoreWords<T extends Readonly<Record<string, string>>>(
  namespace: string,
  inJapanese: T,
  inEnglish: Readonly<Record<keyof T & string, string>>,
): Words<T> {
  const { i18n } = useTranslation("app");
  addWords(i18n, namespace, inJapanese, inEnglish);
  const t = i18n.getFixedT(i18n.language, namespace);
  return { t: (key, values) => t(key, asText(values)), language: languageOf(i18n) };
}

/** A number named count would send i18next to the browser's plural rules, which no text here asks for and which a cold start waits for. */
function asText(values: WordValues = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
