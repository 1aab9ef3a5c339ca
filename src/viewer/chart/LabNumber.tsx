import { labUnit } from "./amounts.ts";

interface LabNumberProps {
  readonly value: string;
  readonly unit: string;
}

/** Longer than this, a result is a sentence and may wrap; a value is never parted from its unit, nor within either. */
const sentence = 24;

/** A result with its unit, as sent: zeros of a laboratory say how exactly it measured. */
export function LabNumber({ value, unit }: LabNumberProps) {
  const text = `${value}\u00a0${labUnit(unit)}`.trim();
  return <strong className={text.length > sentence ? "pair" : "whole"}>{text}</strong>;
}
