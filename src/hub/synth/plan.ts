/**
 * The plan of the demo region: which person is which trap. It goes by place, not by chance, so that every trap is there from the first
 * fifty people on, and every disease and drug of the tables within five hundred, whatever the seed.
 */

/** The first places of each fifty people; the two of a pair stand side by side. */
const roles: readonly string[] = [
  "twin",
  "twin",
  "family",
  "family",
  "same-name",
  "same-name",
  "near-birth",
  "near-birth",
  "same-name-and-birth",
  "same-name-and-birth",
  "kana-slip",
  "no-insurance",
  "birth-slip",
  "new-family-name",
  "variant",
  "variant-single",
  "other-insurance",
  "three",
  "taisho",
];

/** The person whom the documents of the demo name: 灯台 花子. */
export const DEMO_PERSON = 20;

export function roleOf(index: number): string {
  return index === DEMO_PERSON ? "demo" : (roles[index % 50] ?? "");
}

/** What a source does not send stays out on purpose. */
export function silence(index: number): "only-registered" | "only-visits" | "no-labs" | "" {
  const place = index % 25;
  return place === 21 ? "only-registered" : place === 23 ? "only-visits" : place === 22 ? "no-labs" : "";
}

/** The disease or drug whose turn it is at this place: every third of the people without another part has a disease, the others a drug. */
export function turnOf(index: number): { readonly kind: "disease" | "drug"; readonly turn: number } | null {
  const kind = turnKind(index);
  if (kind === null) return null;
  let before = 0;
  let round = 0;
  for (let place = 0; place < 150; place++) {
    if (turnKind(place) !== kind) continue;
    round += 1;
    if (place < index % 150) before += 1;
  }
  return { kind, turn: Math.floor(index / 150) * round + before };
}

function turnKind(index: number): "disease" | "drug" | null {
  if (index % 50 === DEMO_PERSON || roles[index % 50] !== undefined || silence(index) !== "") return null;
  return index % 3 === 1 ? "disease" : "drug";
}
