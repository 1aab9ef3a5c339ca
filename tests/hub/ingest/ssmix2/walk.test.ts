import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listPerson, locate, type WalkedPerson, walkStorage } from "../../../../src/hub/ingest/ssmix2/index.ts";
import { codeOf } from "../../../../src/shared/error.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "walk-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function put(root: string, ...paths: string[]): Promise<string> {
  for (const path of paths) {
    await mkdir(dirname(join(home, root, path)), { recursive: true });
    await writeFile(join(home, root, path), "x");
  }
  return join(home, root);
}

async function walked(...roots: string[]): Promise<WalkedPerson[]> {
  const people: WalkedPerson[] = [];
  for await (const person of walkStorage(roots)) people.push(person);
  return people;
}

const adt = (pid: string) => `${pid}_-_ADT-00_999999999999999_20260701103000000_-_1`;
const omp = (pid: string) => `${pid}_20260701_OMP-01_1_20260701103000000_01_1`;

describe("walkStorage", () => {
  it("yields one person at a time, in sorted order, merged over all roots", async () => {
    const a = await put("a", `999/901/9999013/-/ADT-00/${adt("9999013")}`, `000/001/0000012/-/ADT-00/${adt("0000012")}`);
    const b = await put("b", `999/901/9999013/20260701/OMP-01/${omp("9999013")}`);
    const people = await walked(a, b);
    expect(people.map((one) => [one.pid, one.folder, one.files.length])).toEqual([
      ["0000012", "000/001/0000012", 1],
      ["9999013", "999/901/9999013", 2],
    ]);
    const names = people[1]?.files.map((one) => locate(one.relative, "f").reason);
    expect(names).toEqual([null, null]);
    expect(people[1]?.files[1]).toMatchObject({ path: join(b, "999/901/9999013/20260701/OMP-01", omp("9999013")), size: 1 });
  });

  it("finds persons of sites with short numbers, and 8-digit numbers that look like days", async () => {
    const root = await put(
      "a",
      `42/-/ADT-00/${adt("42")}`,
      `123/456/12345678/20260701/OMP-01/${omp("12345678")}`,
      `123/7/1237/-/ADT-00/${adt("1237")}`,
    );
    expect((await walked(root)).map((one) => one.pid)).toEqual(["12345678", "1237", "42"]);
  });

  it("yields misplaced and unreadable names too: no file is passed over", async () => {
    const root = await put(
      "a",
      "readme.txt",
      "999/Thumbs.db",
      "999/901/9999013/notes.txt",
      "999/901/9999013/20260701/OMP-01/deep/er/x",
      `999/901/9999013/-/ADT-00/${adt("1")}`,
    );
    const people = await walked(root);
    expect(people.flatMap((one) => one.files.map((file) => file.relative)).sort()).toEqual([
      "999/901/9999013/-/ADT-00/1_-_ADT-00_999999999999999_20260701103000000_-_1",
      "999/901/9999013/20260701/OMP-01/deep/er/x",
      "999/901/9999013/notes.txt",
      "999/Thumbs.db",
      "readme.txt",
    ]);
    expect(people[0]).toMatchObject({ pid: "", folder: "" });
  });

  it("follows links between volumes and names a link to nothing", async () => {
    const other = await put("volume", `20260701/OMP-01/${omp("9999013")}`);
    const root = await put("a", `999/901/9999013/-/ADT-00/${adt("9999013")}`);
    await symlink(join(other, "20260701"), join(root, "999/901/9999013/20260701"));
    await symlink(join(home, "nowhere"), join(root, "999/901/9999013/-/ADT-00/lost"));
    const [person] = await walked(root);
    expect(person?.files).toHaveLength(2);
    expect(person?.unreadable).toEqual([{ relative: "999/901/9999013/-/ADT-00/lost", code: "ENOENT" }]);
  });

  it("ends on a loop of links", async () => {
    const root = await put("a", `999/901/9999013/-/ADT-00/${adt("9999013")}`);
    await symlink(join(root, "999/901/9999013"), join(root, "999/901/9999013/loop"));
    const [person] = await walked(root);
    expect(new Set(person?.unreadable.map((one) => one.code))).toEqual(new Set(["too-deep"]));
  });

  it("lists one person again, seeing what was renamed meanwhile", async () => {
    const root = await put("a", `999/901/9999013/-/ADT-00/${adt("9999013")}`);
    await put("a", `999/901/9999013/20260701/OMP-01/${omp("9999013")}`);
    expect((await listPerson([root], "999/901/9999013")).files).toHaveLength(2);
  });

  it("names a folder that may not be read", async () => {
    const root = await put("a", `999/901/9999013/-/ADT-00/${adt("9999013")}`);
    await chmod(join(root, "999/901/9999013/-"), 0);
    const [person] = await walked(root);
    // The superuser reads everything.
    if (process.getuid?.() === 0) expect(person?.files).toHaveLength(1);
    else expect(person?.unreadable).toEqual([{ relative: "999/901/9999013/-", code: "EACCES" }]);
    await chmod(join(root, "999/901/9999013/-"), 0o755);
  });

  it("refuses a root that is no folder", async () => {
    await put("a", "file");
    for (const root of [join(home, "missing"), join(home, "a/file")]) {
      expect(codeOf(await walked(root).catch((error: unknown) => error))).toBe("ingest-root-missing");
    }
  });
});
