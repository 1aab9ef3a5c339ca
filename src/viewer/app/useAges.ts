import { useNotesWords } from "../notes/useNotesWords.ts";

/** 推定年齢 60〜70歳 */
export function useAges(): (who: { readonly ageFrom: number | null; readonly ageTo: number | null }) => string {
  const { t } = useNotesWords();
  return ({ ageFrom, ageTo }) => {
    if (ageFrom === null && ageTo === null) return t("unknownAgeNot");
    const range =
      ageFrom === null
        ? t("unknownAgeTo", { to: ageTo ?? "" })
        : ageTo === null
          ? t("unknownAgeFrom", { from: ageFrom })
          : t("unknownAges", { from: ageFrom, to: ageTo });
    return t("unknownAge", { range });
  };
}
