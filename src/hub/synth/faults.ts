import type { StoredFile } from "./files.ts";

export type FaultKind = "pid-differs" | "undecodable-byte" | "shifted-birth-date" | "truncated";
export interface Fault {
  readonly name: string;
  readonly fault: FaultKind;
}

/** Spoils a few files on their way out, each in one way, and remembers which. */
export interface Spoil {
  readonly planted: readonly Fault[];
  text(file: StoredFile): string;
  bytes(file: StoredFile, bytes: Uint8Array): Uint8Array;
}

/** In turn: the first valid file of the type from the given file of its type on. */
const plan: readonly { readonly fault: FaultKind; readonly type: string; readonly every: number; readonly most: number }[] = [
  { fault: "pid-differs", type: "OMP-01", every: 40, most: 2 },
  { fault: "undecodable-byte", type: "PPR-01", every: 60, most: 2 },
  { fault: "shifted-birth-date", type: "ADT-12", every: 50, most: 2 },
  { fault: "truncated", type: "OML-11", every: 30, most: 2 },
];

export function spoiler(): Spoil {
  const seen = new Map<string, number>();
  const planted: Fault[] = [];
  const current = new Map<string, FaultKind>();
  const choose = (file: StoredFile): FaultKind | null => {
    const rule = plan.find((one) => one.type === file.folder[4]);
    if (rule === undefined || !file.name.endsWith("_1")) return null;
    const count = (seen.get(rule.type) ?? 0) + 1;
    seen.set(rule.type, count);
    if (count % rule.every !== 0 || count / rule.every > rule.most) return null;
    planted.push({ name: file.name, fault: rule.fault });
    current.set(file.name, rule.fault);
    return rule.fault;
  };
  return {
    planted,
    text: (file) => {
      switch (choose(file)) {
        case "pid-differs":
          return file.text.replace(/(\rPID\|0001\|\|)[^^]+/, `$1${"9".repeat(file.folder[2].length)}`);
        case "shifted-birth-date":
          return file.text.replace(/(\rPID\|(?:[^|]*\|){6})(\d{8})\|([MF])/, "$1|$3|||$2");
        default:
          return file.text;
      }
    },
    bytes: (file, bytes) => {
      const fault = current.get(file.name);
      const wide = bytes.lastIndexOf(0x1b, Math.floor(bytes.length * 0.8));
      const start = bytes[wide + 1] === 0x24 ? wide : bytes.lastIndexOf(0x1b, wide - 1);
      if (fault === "truncated") return bytes.slice(0, start + 4);
      if (fault !== "undecodable-byte") return bytes;
      const out = Uint8Array.from(bytes);
      out[start + 3] = 0xff;
      return out;
    },
  };
}
