import fc from "fast-check";
import { cda, folders, section } from "../../vectors/ssmix2/documents.ts";
import { basics, prescription, type TestStorage } from "./storage.ts";

/**
 * What hospitals do to their storage, as the standard has them do it and as it goes wrong: an update renames the old version and writes
 * the new one, a deletion renames all versions, and between any two steps a run of the hub may look.
 */
export const pids = ["0000012345", "0000067890"] as const;

interface Key {
  readonly pid: (typeof pids)[number];
  readonly what: "basics" | "prescription" | "document";
  readonly n: number;
}

export type Step =
  | {
      readonly do: "write" | "writeLate" | "delete" | "crash" | "copy" | "vanish" | "rewrite" | "attach" | "otherPerson";
      readonly key: Key;
      readonly text: number;
    }
  | { readonly do: "look" };

/** Few keys, so that much happens to one. */
const key = fc.record({
  pid: fc.constantFrom(pids[0], pids[0], pids[1]),
  what: fc.constantFrom("basics", "prescription", "document", "document", "document"),
  n: fc.constantFrom(1, 1, 1, 2),
});
const act = fc.constantFrom(
  "write",
  "write",
  "write",
  "writeLate",
  "delete",
  "crash",
  "copy",
  "vanish",
  "rewrite",
  "attach",
  "otherPerson",
);

export const histories: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: act, key, text: fc.nat({ max: 6 }) }) as fc.Arbitrary<Step> },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "look" }) },
  ),
  { minLength: 3, maxLength: 22 },
);

/** A hospital at work: remembers its versions, and carries out one step at a time. */
export class Hospital {
  private readonly at: TestStorage;
  /** Paths that stand, newest last, by key. */
  private readonly versions = new Map<string, string[]>();
  private clock = 0;

  constructor(at: TestStorage) {
    this.at = at;
  }

  carryOut(step: Exclude<Step, { do: "look" }>): void {
    const id = JSON.stringify(step.key);
    const standing = this.versions.get(id) ?? [];
    const [text, last] = [`薬${step.text}`, standing.at(-1)];
    const keep = (paths: readonly string[]) => this.versions.set(id, [...paths]);
    switch (step.do) {
      case "write":
        keep([...standing.map((path) => this.renamed(path, "1", "2")), this.write(step.key, text, this.stamp())]);
        break;
      case "writeLate":
        // A message of an earlier time that comes later, beside the one that counts.
        keep([this.write(step.key, text, "20250101000000000"), ...standing.filter((path) => !path.includes("20250101000000000"))]);
        break;
      case "crash":
        keep(standing.map((path) => this.renamed(path, "1", "2")));
        break;
      case "delete":
        keep(standing.map((path) => this.renamed(this.renamed(path, "1", "0"), "2", "0")));
        if (step.key.what === "prescription") keep([...(this.versions.get(id) ?? []), this.write(step.key, "取消", this.stamp(), "0")]);
        break;
      case "copy":
        // The same bytes once more under a later name: two valid versions.
        keep([...standing, this.write(step.key, text, this.stamp()), this.write(step.key, text, this.stamp())]);
        break;
      case "vanish":
        if (last === undefined) break;
        this.at.remove(last);
        keep(standing.slice(0, -1));
        break;
      case "rewrite":
        if (last !== undefined) this.write(step.key, `${text}改`, stampOf(last), flagOf(last));
        break;
      case "attach":
        if (step.key.what === "document" && last !== undefined)
          this.document(step.key, stampOf(last), flagOf(last), `a${step.text}.pdf`, `%PDF-1.7 ${step.text}`);
        break;
      case "otherPerson":
        if (step.key.what === "document" && last !== undefined)
          this.document(step.key, stampOf(last), flagOf(last), "main_document.xml", summary("別人", "0000099999"));
    }
  }

  private stamp(): string {
    return `202601011200${String(++this.clock).padStart(5, "0")}`;
  }

  /** Renames where the flag is `from`; gives the path that stands then. */
  private renamed(path: string, from: "1" | "2", to: "0" | "2"): string {
    return path.endsWith(`_${from}`) ? this.at.rename(path, to) : path;
  }

  private write({ pid, what, n }: Key, text: string, stamp: string, flag: "0" | "1" | "2" = "1"): string {
    if (what === "document") return this.document({ pid, n }, stamp, flag, "main_document.xml", summary(text, pid));
    if (what === "prescription")
      return this.at.put({ pid, type: "OMP-01", day: "20260101", order: String(n), stamp, flag }, prescription(pid, `${n}^${text}錠^HOT9`));
    return this.at.put({ pid, type: "ADT-00", stamp, flag }, basics(pid, { card: text.length > 2 ? "200" : "100" }));
  }

  private document({ pid, n }: Pick<Key, "pid" | "n">, stamp: string, flag: "0" | "1" | "2", file: string, body: string): string {
    return this.at.putContent({ pid, type: folders.summary, order: `D${n}`, stamp, flag, file }, body);
  }
}

const summary = (text: string, id: string): string => cda(section("1", "経過", text), { id });
const flagOf = (path: string) => path.slice(-1) as "0" | "1" | "2";
const stampOf = (path: string): string => /_(\d{17})_[^_]*_[012]$/.exec(path)?.[1] ?? "";
