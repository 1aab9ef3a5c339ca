/** A patient of one facility, as identity sees them. */
export interface Patient {
  readonly facility: string;
  readonly pid: string;
  readonly links: readonly string[];
  /** Person they belong to so far, or null. */
  readonly person: string | null;
}

interface Group {
  readonly members: readonly Patient[];
  readonly links: readonly string[];
}

/**
 * Which patients are the same person: for every patient their person reference, in the order given.
 * Patients of different facilities who share a link key are one person. A key that two patients of one facility share links
 * nobody (their hospital says they are two), nor does a chain of keys that would join two patients of one facility.
 * A reference stays with its people: of a group that joins, one reference remains; of one that splits, the part that the
 * reference was made for keeps it. Deterministic: the same patients give the same answer. `refOf` makes a reference of a text.
 */
export function identify(patients: readonly Patient[], refOf: (basis: string) => string): string[] {
  const groups = groupsOf(patients);
  const kept = keepRefs(groups, refOf);
  const taken = new Set(kept.values());
  const refs = new Map<Patient, string>();
  for (const group of groups) {
    const ref = kept.get(group) ?? freshRef(group, taken, refOf);
    taken.add(ref);
    for (const member of group.members) refs.set(member, ref);
  }
  return patients.map((patient) => refs.get(patient) ?? "");
}

function groupsOf(patients: readonly Patient[]): Group[] {
  const parent = patients.map((_, i) => i);
  const rootOf = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (const holders of holdersOf(patients)) for (const other of holders.slice(1)) parent[rootOf(other)] = rootOf(holders[0] as number);
  const joined = new Map<number, Patient[]>();
  patients.forEach((patient, i) => {
    const list = joined.get(rootOf(i));
    if (list) list.push(patient);
    else joined.set(rootOf(i), [patient]);
  });
  const sets = [...joined.values()].flatMap((set) => (repeatsFacility(set) ? set.map((one) => [one]) : [set]));
  for (const set of sets) set.sort(order);
  sets.sort((a, b) => order(a[0] as Patient, b[0] as Patient));
  return sets.map((members) => ({ members, links: [...new Set(members.flatMap((member) => member.links))].sort() }));
}

/** Positions of the patients behind each key that may link. */
function holdersOf(patients: readonly Patient[]): number[][] {
  const holders = new Map<string, number[]>();
  patients.forEach((patient, i) => {
    for (const key of patient.links) {
      const list = holders.get(key);
      if (list) list.push(i);
      else holders.set(key, [i]);
    }
  });
  return [...holders.values()].filter((list) => list.length > 1 && !repeatsFacility(list.map((i) => patients[i] as Patient)));
}

function repeatsFacility(patients: readonly Patient[]): boolean {
  return new Set(patients.map((patient) => patient.facility)).size < patients.length;
}

/** Which group keeps which existing reference: the one it was made for, else the one with most of its patients, else the first. */
function keepRefs(groups: readonly Group[], refOf: (basis: string) => string): Map<Group, string> {
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
