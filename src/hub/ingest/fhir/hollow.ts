/**
 * Takes out of parsed JSON, in place, what says nothing: null, "", [] and {} as values of a property, and null among objects. FHIR forbids
 * them, some senders write them, and a library that passes over them would leave them to readers that expect text or a list there.
 * In a list of primitives a null keeps its place, since `_name` beside it counts on it.
 */
export function withoutHollow(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(holder)) {
    withoutHollow(inner);
    if (Array.isArray(inner) && inner.some((one) => typeof one === "object" && one !== null) && !key.startsWith("_"))
      holder[key] = inner.filter((one) => !isHollow(one));
    if (!Array.isArray(value) && isHollow(holder[key])) delete holder[key];
  }
}

function isHollow(value: unknown): boolean {
  if (value === null || value === "") return true;
  if (typeof value !== "object") return false;
  return Array.isArray(value) ? value.every(isHollow) : Object.keys(value).length === 0;
}
