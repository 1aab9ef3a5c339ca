import type { DangerClass } from "../../../src/shared/summary/summary.ts";
import { cancerAndImmune } from "./labelled-cancer-immune.ts";
import { hardNames } from "./labelled-hard.ts";
import { heartAndBlood } from "./labelled-heart-blood.ts";
import { independentNames } from "./labelled-independent.ts";
import { independentOrdinary } from "./labelled-independent-ordinary.ts";
import { nerveAndSugar } from "./labelled-nerve-sugar.ts";
import { ordinaryMedicines } from "./labelled-ordinary.ts";
import { wardNames } from "./labelled-wards.ts";

/** A medicine as a hospital sends it, and the danger classes it belongs to by pharmacology and way of use. */
export interface Labelled {
  readonly name: string;
  readonly form: string;
  readonly classes: readonly DangerClass[];
}

/**
 * Written from knowledge of the medicines, not from the rule table: names from orders with brand, strength, form, maker, old word order,
 * width and marks. Under "# class class" every line is `name` or `name | form`; "# none" are ordinary medicines and look-alikes.
 */
export const labelledDrugs: readonly Labelled[] = [
  heartAndBlood,
  nerveAndSugar,
  cancerAndImmune,
  ordinaryMedicines,
  hardNames,
  wardNames,
].flatMap(read);

/** A list by a third hand, judged apart: independent.test.ts. */
export const independentDrugs: readonly Labelled[] = [independentNames, independentOrdinary].flatMap(read);

function read(text: string): readonly Labelled[] {
  let classes: readonly DangerClass[] = [];
  return text
    .trim()
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("#")) {
        classes = line.slice(1).trim() === "none" ? [] : (line.slice(1).trim().split(" ") as DangerClass[]);
        return [];
      }
      const [name = "", form = ""] = line.split(" | ");
      return [{ name, form, classes }];
    });
}
