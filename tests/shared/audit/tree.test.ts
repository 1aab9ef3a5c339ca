import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TreeHead, verifyConsistency, verifyInclusion } from "../../../src/shared/audit/proof.ts";
import { consistencyProof, grow, inclusionProof, leafHash, rootOf } from "../../../src/shared/audit/tree.ts";
import { type Bytes, fromHex, toHex, utf8 } from "../../../src/shared/bytes.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { dataOf, leafOf, memoryNodes, mth, nodeOf, path, proof, sha } from "./naive-tree.ts";

const runs = process.env.TOMOSHIBI_LONG === "1" ? 2_000 : 60;
const codeFrom = (work: Promise<unknown>): Promise<string> => work.then(() => "fine", codeOf);

/** A tree grown in batches of these sizes. */
async function grown(sizes: readonly number[]) {
  const nodes = memoryNodes();
  const data = dataOf(sizes.reduce((sum, size) => sum + size, 0));
  let size = 0;
  for (const more of sizes) {
    const leaves = await Promise.all(data.slice(size, size + more).map((each) => leafHash(each)));
    nodes.store(await grow(size, leaves, nodes.read));
    size += more;
  }
  return { ...nodes, data };
}

/** The leaves of Certificate Transparency's own tests; their roots are known from RFC 6962's reference code. */
const known = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const knownRoots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("the roots that RFC 6962's reference code has, for nought to eight leaves", async () => {
  const nodes = memoryNodes();
  const leaves = await Promise.all(known.map((hex) => leafHash(fromHex(hex) as Bytes)));
  nodes.store(await grow(0, leaves, nodes.read));
  const roots: string[] = [];
  for (let size = 0; size <= leaves.length; size++) roots.push(toHex(await rootOf(size, nodes.read)));
  expect(roots).toEqual(knownRoots);
});

test("roots, paths and proofs are those of RFC 6962 written down naively, however the tree grew", async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (batches, x, y) => {
      const { read, data, count } = await grown(batches);
      const size = data.length === 0 ? 0 : 1 + (x % data.length);
      const prefix = data.slice(0, size);
      const head: TreeHead = { size, root: await rootOf(size, read) };
      expect(head.root).toEqual(mth(prefix));
      expect(count()).toBeLessThan(2 * data.length + 1);
      if (size === 0) return;
      const index = y % size;
      const found = await inclusionProof(index, size, read);
      expect(found).toEqual(path(index, prefix));
      await verifyInclusion(await leafHash(prefix[index] as Bytes), index, found, head);
      const older = y % (size + 1);
      const shown = await consistencyProof(older, size, read);
      expect(shown).toEqual(proof(older, prefix));
      await verifyConsistency({ size: older, root: await rootOf(older, read) }, head, shown);
    }),
    { numRuns: runs, seed: 6962 },
  );
});

test("a proof with one bit changed anywhere, one hash more, less or out of its order is refused", async () => {
  const { read, data } = await grown([100]);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 99 }),
      fc.nat(),
      fc.nat(),
      fc.constantFrom("bit", "more", "less", "order"),
      async (size, x, at, how) => {
        const head = { size, root: mth(data.slice(0, size)) };
        const index = x % size;
        const inclusion = spoilt(await inclusionProof(index, size, read), at, how);
        if (inclusion !== null)
          expect(await codeFrom(verifyInclusion(leafOf(data[index] as Bytes), index, inclusion, head))).toBe("log-proof-bad");
        const older = { size: 1 + (x % (size - 1)), root: mth(data.slice(0, 1 + (x % (size - 1)))) };
        const consistency = spoilt(await consistencyProof(older.size, size, read), at, how);
        if (consistency !== null) expect(await codeFrom(verifyConsistency(older, head, consistency))).toBe("log-proof-bad");
      },
    ),
    { numRuns: runs, seed: 9162 },
  );
});

function spoilt(hashes: readonly Bytes[], at: number, how: "bit" | "more" | "less" | "order"): Bytes[] | null {
  const copy = hashes.map((each) => each.slice());
  const one = copy[at % Math.max(1, copy.length)];
  if (how === "more") return [...copy, sha()];
  if (one === undefined || (how === "order" && copy.length < 2)) return null;
  if (how === "less") return copy.slice(1);
  if (how === "order") return [...copy.slice(1), copy[0] as Bytes];
  one[at % 32] = (one[at % 32] as number) ^ (1 << (at % 8));
  return copy;
}

describe("a hub that", () => {
  const head = (data: readonly Bytes[]): TreeHead => ({ size: data.length, root: mth(data) });
  const data = dataOf(37);
  const rewritten = (at: number): Bytes[] => data.map((each, i) => (i === at ? utf8("another entry") : each));

  test.each([
    ["alters an entry", rewritten(3)],
    ["takes an entry out and closes the gap", [...data.slice(0, 3), ...data.slice(4), utf8("entry 37")]],
    ["swaps two entries", [...data.slice(0, 5), data[6] as Bytes, data[5] as Bytes, ...data.slice(7)]],
    ["puts an entry in between", [...data.slice(0, 5), utf8("backdated"), ...data.slice(5)]],
  ])("%s that a device has seen finds no consistency proof that passes", async (_, other) => {
    const seen = head(data.slice(0, 20));
    expect(await codeFrom(verifyConsistency(seen, head(other), proof(20, other)))).toBe("log-proof-bad");
    expect(await codeFrom(verifyConsistency(seen, head(other), proof(20, data)))).toBe("log-proof-bad");
  });

  test("shows a smaller tree, or the same size with another root, is refused", async () => {
    expect(await codeFrom(verifyConsistency(head(data), head(data.slice(0, 20)), []))).toBe("log-proof-bad");
    expect(await codeFrom(verifyConsistency(head(data), head(rewritten(1)), []))).toBe("log-proof-bad");
  });

  test("shows another entry's path, the path of another tree, or an inner node as a leaf is refused", async () => {
    const leaf = leafOf(data[7] as Bytes);
    await verifyInclusion(leaf, 7, path(7, data), head(data));
    expect(await codeFrom(verifyInclusion(leaf, 6, path(6, data), head(data)))).toBe("log-proof-bad");
    expect(await codeFrom(verifyInclusion(leaf, 7, path(7, rewritten(9)), head(data)))).toBe("log-proof-bad");
    expect(await codeFrom(verifyInclusion(leaf, 7, path(7, data), { size: 100, root: mth(data) }))).toBe("log-proof-bad");
    const inner = nodeOf(leafOf(data[0] as Bytes), leafOf(data[1] as Bytes));
    expect(await codeFrom(verifyInclusion(inner, 0, path(0, data).slice(1), head(data)))).toBe("log-proof-bad");
    expect(await codeFrom(verifyInclusion(leaf, 37, [], head(data)))).toBe("log-proof-bad");
  });
});

test("places that no tree has are refused, also above 32 bits", async () => {
  const { read } = await grown([3]);
  expect(await codeFrom(inclusionProof(3, 3, read))).toBe("log-place-bad");
  expect(await codeFrom(inclusionProof(-1, 3, read))).toBe("log-place-bad");
  expect(await codeFrom(consistencyProof(4, 3, read))).toBe("log-place-bad");
  const far = 2 ** 40;
  const hashes: NonNullable<Awaited<ReturnType<typeof inclusionProof>>> = await inclusionProof(far, 2 * far, async (places) =>
    places.map(() => sha()),
  );
  expect(hashes).toHaveLength(41);
});

/** The proof vectors of transparency-dev/merkle (Apache-2.0): read where they lie, never copied into the project. */
const folder =
  process.env.TOMOSHIBI_TEST_MERKLE ?? join(import.meta.dirname, "../../../../shared/samples/transparency-dev-merkle/testdata");
const bytesOf = (text: string | null | undefined): Bytes => new Uint8Array(Buffer.from(text ?? "", "base64"));

function vectorsUnder(kind: string): { name: string; read: Record<string, never> }[] {
  if (!existsSync(join(folder, kind))) return [];
  return readdirSync(join(folder, kind), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ name, read: JSON.parse(readFileSync(join(folder, kind, name), "utf8")) }));
}

test("published proof vectors end as they say", async () => {
  const inclusion = vectorsUnder("inclusion");
  const consistency = vectorsUnder("consistency");
  if (inclusion.length === 0) console.log("no vectors of transparency-dev/merkle here: TOMOSHIBI_TEST_MERKLE names their testdata folder");
  const wrong: string[] = [];
  for (const { name, read } of inclusion) {
    const { leafIdx, treeSize, root, leafHash: leaf, proof: hashes, wantErr } = read as unknown as InclusionVector;
    const work = verifyInclusion(bytesOf(leaf), leafIdx, (hashes ?? []).map(bytesOf), { size: treeSize, root: bytesOf(root) });
    if ((await codeFrom(work)) !== (wantErr ? "log-proof-bad" : "fine")) wrong.push(`inclusion/${name}`);
  }
  for (const { name, read } of consistency) {
    const { size1, size2, root1, root2, proof: hashes, wantErr } = read as unknown as ConsistencyVector;
    const older = { size: size1, root: bytesOf(root1) };
    const work = verifyConsistency(older, { size: size2, root: bytesOf(root2) }, (hashes ?? []).map(bytesOf));
    // One vector passes roots that are no SHA-256 through, as equal; here they are refused.
    const strict = wantErr || [root1, root2].some((root) => bytesOf(root).length !== 32);
    if ((await codeFrom(work)) !== (strict ? "log-proof-bad" : "fine")) wrong.push(`consistency/${name}`);
  }
  expect(wrong).toEqual([]);
});

interface InclusionVector {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}
interface ConsistencyVector {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}
