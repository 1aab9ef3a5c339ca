/** Shapes that the items of every section share. */
import { flag, list, matching, object, oneOf, orNull, type Shape, sourceIndex, text } from "./shape.ts";
import { absenceStates, type Code, type Coded, type Item, type Quantity, type Source, SUMMARY_VERSION, sourceKinds } from "./summary.ts";

/** Most hospitals one person can come from; a protected part, which carries no sources of its own, is bounded by it. */
export const MAX_SOURCES = 256;
export const MAX_ITEMS = 20_000;
export const MAX_SMALL = 10_000;
export const MAX_COUNT = 100_000_000;

export const date = matching(/^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?)?)?$/);
export const instant = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/);
export const maybeInstant = matching(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z)?$/);
export const texts = list(text, MAX_SMALL);
export const version = oneOf([SUMMARY_VERSION]);
export const state = oneOf(absenceStates);

export const code: Shape<Code> = object({ system: text, code: text, text });
export const coded: Shape<Coded> = object({ text, codes: list(code, MAX_SMALL), local: flag });
export const quantity: Shape<Quantity> = object({ value: text, unit: text });
export const source: Shape<Source> = object({ facility: text, name: text, kind: oneOf(sourceKinds), telephone: text, pid: text });
export const sources = list(source, MAX_SOURCES);
export const item: { readonly [K in keyof Item]: Shape<Item[K]> } = {
  date: orNull(date),
  source: sourceIndex,
  received: instant,
  warnings: texts,
  also: list(object({ source: sourceIndex, date: orNull(date), received: instant }), MAX_SMALL),
};
