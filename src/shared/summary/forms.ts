/** Ways of giving a medicine that mostly stay where they are given. */
export const localForms = ["eye", "ear", "nose", "inhaled", "skin", "patch", "rectal", "vaginal", "mouth", "dental"] as const;
export type LocalForm = (typeof localForms)[number];
