import type { Identity, PersonName } from "../../shared/summary/summary.ts";
import { useWords } from "../../words/react.ts";
import { ageOf, eraOf } from "./dates.ts";

export function nameText(name: PersonName | null): string {
  return name === null ? "" : `${name.family} ${name.given}`.trim();
}

/** What a screen says of who somebody is, in words: used by the banner, the hit list and the opening buttons alike. */
export function useWho() {
  const { t, language } = useWords();
  return {
    name: (who: Pick<Identity, "kanji" | "kana">) => nameText(who.kanji) || nameText(who.kana) || t("hit.nameUnknown"),
    kana: (who: Pick<Identity, "kana">) => nameText(who.kana),
    /** 1948-03-05（昭和23年） */
    birth: (birthDate: string | null) => {
      if (birthDate === null) return t("hit.birthUnknown");
      const era = eraOf(birthDate, language);
      if (era === "") return birthDate;
      return language === "ja" ? `${birthDate}（${era}）` : `${birthDate} (${era})`;
    },
    /** 78歳; "年齢不明" when there is no date to count from. */
    age: (birthDate: string | null, now: number) => {
      const age = ageOf(birthDate, now);
      if (age === null) return t("hit.ageUnknown");
      if (age.about) return t("hit.ageAbout", { age: age.n });
      return t(age.unit === "years" ? "hit.age" : age.unit === "months" ? "hit.ageMonths" : "hit.ageDays", { age: age.n });
    },
    sex: (sex: Identity["sex"]) => t(`hit.sex.${sex}`),
  };
}
