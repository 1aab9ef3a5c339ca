import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Insurance, PatientRecord } from "../record/record.ts";

/**
 * Link keys of a patient, sorted: one per insurance card, made of insurer, symbol, number, branch, birth date, sex and kana.
 * Two patients of different facilities who share a key are the same person. Anything missing (full birth date, M or F, kana,
 * insurer, number) gives no key: nobody is merged on less. A branch that only one side sent keeps them apart, so that twins on
 * one card stay two people.
 */
export function linkKeys(patients: readonly PatientRecord[]): string[] {
  return [...new Set(patients.flatMap(keysOf))].sort();
}

function keysOf(patient: PatientRecord): string[] {
  const birth = patient.birthDate ?? "";
  const kana = patient.names.find((name) => name.representation === "phonetic");
  const folded = kana === undefined ? "" : `${foldForSearch(kana.family)}/${foldForSearch(kana.given)}`;
  if (kana === undefined || folded.startsWith("/") || folded.endsWith("/")) return [];
  if (!/^\d{4}-\d\d-\d\d$/.test(birth) || (patient.sex !== "M" && patient.sex !== "F")) return [];
  return patient.insurances.flatMap((insurance) => {
    const card = cardOf(insurance);
    return card === null ? [] : [`${card}|${birth}|${patient.sex}|${folded}`];
  });
}

function cardOf(insurance: Insurance): string | null {
  const insurer = digits(numberOf(insurance.insurer));
  const number = digits(insurance.number);
  if (insurer === "" || number === "") return null;
  return [insurer, digits(insurance.symbol), number, digits(insurance.branch)].join("|");
}

/** 保険者番号 alone: records carry the insurer's name behind it, where it was sent. */
function numberOf(insurer: string): string {
  const text = insurer.normalize("NFKC").trim();
  return /^\d+/.exec(text)?.[0] ?? text;
}

/** Width, spaces, marks and leading zeros of numbers are written differently by each hospital. */
function digits(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s|・.,\-‐‑–—−ー]/gu, "");
  return /^\d+$/.test(plain) ? plain.replace(/^0+/, "") : plain;
}
