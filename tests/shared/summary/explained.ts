import type { Fault } from "./figures.ts";

/** Every miss and every wrong line of the three forms, with its cause: the report fails on one that stands here no more, and on a new one. */
export const explained: readonly (Fault & { readonly why: string })[] = [
  {
    what: "missed",
    form: "name",
    name: "Humalog注ミリオペン",
    danger: "insulin",
    why: "Latin brand names of insulins are not in the table: Japanese systems write them in kana, and each would be one more look-alike",
  },
  {
    what: "missed",
    form: "name",
    name: "アレピアチン10倍散",
    danger: "antiepileptic",
    why: "misspelt (アレビアチン), as in a public sample: names are not matched by likeness, which would invent more than it finds",
  },
  {
    what: "missed",
    form: "HOT",
    name: "アスピリン「ヨシダ」",
    danger: "antiplatelet",
    why: "its YJ code 1143001 is that of aspirin as an analgesic powder, which is given for pain too: left to the name, which finds it",
  },
  {
    what: "missed",
    form: "YJ",
    name: "アスピリン「ヨシダ」",
    danger: "antiplatelet",
    why: "the same code, sent by the hospital itself",
  },
];
