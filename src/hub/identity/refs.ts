import type { Patient } from "./identify.ts";

interface Group {
  readonly members: readonly Patient[];
  readonly links: readonly string[];
}

/**
 * The reference of every patient. A reference stays with its people: of a group that joins, one reference remains; of one that
 * splits, the part that the reference was made for keeps it. `groups`: positions of the patients of each person.
 */
export function keepRefs(patients: readonly Patient[], groups: readonly (readonly number[])[], refOf: (basis: string) => string): string[] {
  const persons = groups.map((members) => groupOf(members.map((i) => patients[i] as Patient)));
  persons.sort((a, b) => order(a.members[0] as Patient, b.members[0] as Patient));
  const kept = claimed(persons, refOf);
  const taken = new Set(kept.values());
  const refs = new Map<Patient, string>();
  for (const person of persons) {
    const ref = kept.get(person) ?? freshRef(person, taken, refOf);
    taken.add(ref);
    for (const member of person.members) refs.set(member, ref);
  }
  return patients.map((patient) => refs.get(patient) ?? "");
}

function groupOf(members: Patient[]): Group {
  members.sort(order);
  return { members, links: [...new Set(members.flatMap((member) => member.links))].sort() };
}

/** Which group keeps which existing reference: the one it was made for, else the one with most of its patients, else the first. */
function claimed(groups: readonly Group[], refOf: (basis: string) => string): Map<Group, string> {
  const claims = new Map<string, { group: Group; count: number }[]>();
  for (const group of groups) {
    for (const { person } of group.members) {
      if (person === null) continue;
      const claimants = claims.get(person) ?? [];
      const own = claimants.find((claim) => claim.group === group);
      if (own) own.count++;
      else claimants.push({ group, count: 1 });
      claims.set(person, claimants);
    }
  }
  const kept = new Map<Group, string>();
  for (const [ref, claimants] of [...claims].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const score = (claim: { group: Group; count: number }) =>
      (claimants.length > 1 && bases(claim.group).some((basis) => refOf(basis) === ref) ? 1_000_000 : 0) + claim.count;
    const winner = claimants.reduce((best, claim) => (score(claim) > score(best) ? claim : best));
    if (!kept.has(winner.group)) kept.set(winner.group, ref);
  }
  return kept;
}

function freshRef(group: Group, taken: ReadonlySet<string>, refOf: (basis: string) => string): string {
  for (const basis of bases(group)) {
    const ref = refOf(basis);
    if (!taken.has(ref)) return ref;
  }
  const first = group.members[0] as Patient;
  for (let count = 2; ; count++) {
    const ref = refOf(`${first.facility}|${first.pid}|${count}`);
    if (!taken.has(ref)) return ref;
  }
}

/** What a reference of this group may be made of, best first. */
function bases(group: Group): string[] {
  return [...group.links, ...group.members.map((member) => `${member.facility}|${member.pid}`)];
}

function order(a: Patient, b: Patient): number {
  const left = `${a.facility}|${a.pid}`;
  const right = `${b.facility}|${b.pid}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
