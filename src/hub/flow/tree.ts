import { readdirSync, statSync } from "node:fs";
import { TomoshibiError } from "../../shared/error.ts";

/** What differs since the last look. */
export interface Changes {
  /** Folders below a root that are new, gone, or have other entries than before. */
  readonly folders: readonly string[];
  /** Those of them that changed so short a time ago that more may follow. */
  readonly young: ReadonlySet<string>;
}

interface Node {
  readonly mtime: number;
  /** Changed just before it was looked at: another change may bear the same time, so it is looked at once more. */
  readonly young: boolean;
  readonly children: readonly string[];
}

/** Deeper is nothing that a storage has; also ends a loop of links. */
const DEPTH = 14;

/**
 * The folders of a storage and their times of change. Creating, renaming and deleting change a folder's time on every file
 * system, shares included, where no events arrive: one stat a folder tells what to read again. A file rewritten in place is
 * not seen here; the storage's own rules forbid it, and a full run finds it.
 */
export class FolderTree {
  private readonly roots: readonly string[];
  private readonly settleMs: number;
  private readonly nodes = new Map<string, Node>();

  constructor(roots: readonly string[], settleMs: number) {
    this.roots = roots;
    this.settleMs = settleMs;
  }

  /** Looks at every folder; the first look gives all. Throws ingest-root-missing when a root is not there: nothing has vanished then. */
  look(now: number): Changes {
    for (const root of this.roots)
      if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new TomoshibiError("ingest-root-missing", { root });
    const found = { folders: new Set<string>(), young: new Set<string>() };
    for (const root of this.roots) this.visit(root, "", now, 0, found);
    return { folders: [...found.folders].sort(), young: found.young };
  }

  private visit(root: string, folder: string, now: number, depth: number, found: { folders: Set<string>; young: Set<string> }): void {
    const path = folder === "" ? root : `${root}/${folder}`;
    const known = this.nodes.get(path);
    const mtime = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
    if (mtime === null) {
      this.drop(path, folder, found.folders);
      return;
    }
    let node = known;
    if (known === undefined || known.mtime !== mtime || known.young) {
      const children = subfolders(path);
      // Gone in between: the next look at the folder above says so.
      if (children === null) return;
      node = { mtime, young: mtime > now - this.settleMs, children };
      this.nodes.set(path, node);
      found.folders.add(folder);
      if (node.young) found.young.add(folder);
      for (const child of known?.children ?? [])
        if (!children.includes(child)) this.drop(`${path}/${child}`, below(folder, child), found.folders);
    }
    if (depth < DEPTH) for (const child of node?.children ?? []) this.visit(root, below(folder, child), now, depth + 1, found);
  }

  private drop(path: string, folder: string, gone: Set<string>): void {
    gone.add(folder);
    const known = this.nodes.get(path);
    this.nodes.delete(path);
    for (const child of known?.children ?? []) this.drop(`${path}/${child}`, below(folder, child), gone);
  }
}

const below = (folder: string, name: string) => (folder === "" ? name : `${folder}/${name}`);

/** Names of the folders in one folder, links to folders included; null when it cannot be listed. */
function subfolders(path: string): string[] | null {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(
        (one) => one.isDirectory() || (one.isSymbolicLink() && statSync(`${path}/${one.name}`, { throwIfNoEntry: false })?.isDirectory()),
      )
      .map(({ name }) => name);
  } catch {
    return null;
  }
}
