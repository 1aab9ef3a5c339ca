import { createInstance, type i18n } from "i18next";
import type { ErrorCode } from "../shared/error.ts";
import { en } from "./en.ts";
import { errorWords } from "./errors.ts";
import { type AppWords, ja } from "./ja.ts";

export const languages = ["ja", "en"] as const;
export type Language = (typeof languages)[number];
/** Values for the {{names}} of a text. */
export type WordValues = Readonly<Record<string, string | number>>;
export type Translate<Words> = (key: keyof Words & string, values?: WordValues) => string;
export type AppKey = keyof AppWords;

/**
 * A table of words in one language each, ready to use without waiting: nothing is loaded over the network.
 * A page that brings more words (the summary page, the console) adds a namespace with `addWords`.
 */
export function makeWords(language: Language): i18n {
  const words = createInstance({
    lng: language,
    fallbackLng: "ja",
    supportedLngs: languages,
    ns: ["app"],
    defaultNS: "app",
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    showSupportNotice: false,
    resources: { ja: { app: ja }, en: { app: en } },
  });
  void words.init();
  return words;
}

/** Adds one namespace of words; again with the same name changes nothing. */
export function addWords<Key extends string>(
  words: i18n,
  namespace: string,
  inJapanese: Readonly<Record<Key, string>>,
  inEnglish: Readonly<Record<Key, string>>,
): void {
  if (words.hasResourceBundle("ja", namespace)) return;
  words.addResourceBundle("ja", namespace, inJapanese);
  words.addResourceBundle("en", namespace, inEnglish);
}

/** The language in use now. */
export function languageOf(words: i18n): Language {
  return words.language === "en" ? "en" : "ja";
}

/** The words of an error code. */
export function errorText(code: ErrorCode, language: Language): string {
  return errorWords[code][language];
}
