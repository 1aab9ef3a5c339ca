import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../../../src/hub/cli/cli.ts";
import { type DicomResult, ingestDicom } from "../../../../src/hub/flow/dicom.ts";
import { unwatched } from "../../../../src/hub/flow/phase.ts";
import { recordsOf } from "../../../../src/hub/flow/records.ts";
import type { Store } from "../../../../src/hub/store/store.ts";
import { systemClock } from "../../../../src/shared/clock.ts";
import { dialects, testStores } from "../../store/open.ts";
import { dicomdir, part10, picture, type Sample } from "./part10.ts";

const stores = testStores();
const facility = "1310000001";
const now = "2026-01-01T00:00:00.000Z";
let folder = "";
const folders: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tomoshibi-dicom-"));
  folders.push(folder);
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

function put(path: string, bytes: Sample | Uint8Array | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof bytes === "string" || bytes instanceof Uint8Array ? bytes : part10(picture(bytes)));
}
const run = (store: Store, path = folder): Promise<DicomResult> => ingestDicom(store, { path, facility, name: "灯台病院" }, now, unwatched);
const counts = ({ files, accepted, quarantined, unchanged, unlisted, index }: DicomResult) => {
  expect(accepted + quarantined + unchanged + unlisted + index).toBe(files);
  return { accepted, quarantined, unchanged, unlisted, index };
};

async function studiesOf(store: Store, pid: string) {
  const files = (await recordsOf(store.db, [{ facility, pid }])).get(`${facility}|${pid}`) ?? [];
  return files.flatMap(({ records, warnings }) =>
    records.flatMap((record) =>
      record.kind === "study"
        ? [{ study: record.studyUid, accession: record.accession, series: record.series, warnings: warnings.map(({ code }) => code) }]
        : [],
    ),
  );
}

describe.each(dialects)("headers of a folder on %s", (dialect) => {
  it("two series of one study are one study, its instances counted; a second run changes nothing", async () => {
    const store = await stores.open(dialect);
    put("a/1", { instance: "2.25.1" });
    put("a/2", { instance: "2.25.2" });
    put("b/1", { instance: "2.25.3", series: "2.25.101", modality: "SR", sopClass: "1.2.840.10008.5.1.4.1.1.88.33" });
    const first = await run(store);
    expect(first).toMatchObject({ files: 3, accepted: 3, studies: 1, records: 2, people: 1, warnings: 0 });
    expect(await studiesOf(store, "0000000001")).toEqual([
      {
        study: "2.25.10",
        accession: "A0001",
        warnings: [],
        series: [
          { uid: "2.25.100", modality: "CT", number: "1", description: "plain", instances: 2, drawable: true },
          { uid: "2.25.101", modality: "SR", number: "1", description: "plain", instances: 1, drawable: false },
        ],
      },
    ]);
    expect(await run(store)).toMatchObject({ files: 3, unchanged: 3, accepted: 0, studies: 0, records: 0, people: 0, warnings: 0 });
    put("c/1", { instance: "2.25.4", series: "2.25.101", modality: "SR" });
    expect(await run(store)).toMatchObject({ files: 4, unchanged: 3, accepted: 1, studies: 1, people: 1 });
    expect((await studiesOf(store, "0000000001"))[0]?.series.map((one) => one.instances)).toEqual([2, 2]);
  });

  it("every file has one disposition, with its reason; what is repaired comes out of quarantine", async () => {
    const store = await stores.open(dialect);
    put("good", { instance: "2.25.1" });
    put("copy of good", { instance: "2.25.1" });
    put("viewer/autorun.inf", "[autorun]");
    put("cut", part10(picture({ instance: "2.25.9" })).subarray(0, 330));
    put("nobody", { pid: " ", instance: "2.25.8" });
    symlinkSync("/etc/hostname", join(folder, "link"));
    expect(counts(await run(store))).toEqual({ accepted: 1, quarantined: 4, unchanged: 1, unlisted: 0, index: 0 });
    const refused = await store.db
      .selectFrom("file")
      .select(["path", "reason", "pid"])
      .where("state", "=", "quarantined")
      .orderBy("path")
      .execute();
    expect(refused).toEqual([
      { path: "cut", reason: "truncated", pid: "" },
      { path: "link", reason: "path-differs", pid: "" },
      { path: "nobody", reason: "field-missing", pid: "" },
      { path: "viewer/autorun.inf", reason: "not-dicom", pid: "" },
    ]);
    expect(counts(await run(store))).toEqual({ accepted: 0, quarantined: 0, unchanged: 6, unlisted: 0, index: 0 });
    put("cut", { instance: "2.25.9" });
    expect(counts(await run(store))).toEqual({ accepted: 1, quarantined: 0, unchanged: 5, unlisted: 0, index: 0 });
    expect(await store.db.selectFrom("file").select("path").where("state", "=", "quarantined").orderBy("path").execute()).toHaveLength(3);
  });

  it("the same number in two hospitals is two people", async () => {
    const store = await stores.open(dialect);
    put("1", {});
    await run(store);
    await ingestDicom(store, { path: folder, facility: "1310000002", name: "" }, now, unwatched);
    const patients = await store.db.selectFrom("patient").select(["facility", "pid", "person"]).orderBy("facility").execute();
    expect(patients.map((one) => `${one.facility}|${one.pid}`)).toEqual(["1310000001|0000000001", "1310000002|0000000001"]);
    expect(new Set(patients.map(({ person }) => person)).size).toBe(2);
  });
});

describe("whose a picture is", () => {
  it("one picture under two numbers stays with the first, the second waits for a human", async () => {
    const store = await stores.open("sqlite");
    put("1", { instance: "2.25.1" });
    await run(store);
    put("2", { instance: "2.25.1", pid: "0000000002" });
    expect(counts(await run(store))).toMatchObject({ quarantined: 1, unchanged: 1 });
    expect(await studiesOf(store, "0000000002")).toEqual([]);
  });

  it("a study that two numbers have is told with both", async () => {
    const store = await stores.open("sqlite");
    put("1", { instance: "2.25.1" });
    put("2", { instance: "2.25.2", pid: "0000000002" });
    expect(await run(store)).toMatchObject({ accepted: 2, studies: 2 });
    for (const pid of ["0000000001", "0000000002"]) expect((await studiesOf(store, pid))[0]?.warnings).toEqual(["study-differs"]);
  });

  it("files of one study that call the patient differently are told", async () => {
    const store = await stores.open("sqlite");
    put("1", { instance: "2.25.1" });
    put("2", { instance: "2.25.2", name: "Kakuu^Hanako=架空^花子", sex: "F", birth: "19600101" });
    await run(store);
    expect((await studiesOf(store, "0000000001"))[0]?.warnings).toEqual(Array(4).fill("study-differs"));
  });

  it("a picture sent anew with a corrected name brings the correction", async () => {
    const store = await stores.open("sqlite");
    put("1", { instance: "2.25.1", name: "Misspelt^Tarou" });
    await run(store);
    put("1", { instance: "2.25.1", name: "Toudai^Tarou=灯台^太郎" });
    expect(await run(store)).toMatchObject({ accepted: 1, studies: 1 });
    const [file] = (await recordsOf(store.db, [{ facility, pid: "0000000001" }])).values().next().value ?? [];
    expect(file?.records[0]).toMatchObject({ names: [{ family: "灯台" }, { family: "Toudai" }] });
    expect(file?.warnings).toEqual([]);
  });
});

describe("a disc with a DICOMDIR", () => {
  it("what it names is read, the rest is counted and not opened; names differ in case only", async () => {
    const store = await stores.open("sqlite");
    put("images/im000001", { instance: "2.25.1" });
    put("images/im000002", { instance: "2.25.2" });
    put("images/im000003", { instance: "2.25.3" });
    put("viewer.exe", "MZ");
    put("dicomdir", dicomdir(["IMAGES/IM000001", "IMAGES/IM000002", "IMAGES/GONE"]));
    expect(counts(await run(store))).toEqual({ accepted: 2, quarantined: 1, unchanged: 0, unlisted: 2, index: 1 });
    expect(await store.db.selectFrom("file").select(["path", "reason"]).where("state", "=", "quarantined").execute()).toEqual([
      { path: "IMAGES/GONE", reason: "ENOENT" },
    ]);
  });

  it.each([
    ["names a place outside", dicomdir(["../secret"]), "path-differs"],
    ["is cut", dicomdir(["IMAGES/IM1"]).subarray(0, -12), "truncated"],
    ["is none", Buffer.from("DICOMDIR"), "not-dicom"],
    ["lists nothing", part10({ "00041130 CS": "EMPTY" }), "segment-missing"],
  ])("one that %s is not followed: everything is read instead, and it is told", async (_, index, reason) => {
    const store = await stores.open("sqlite");
    put("IMAGES/IM1", { instance: "2.25.1" });
    put("DICOMDIR", index);
    const notes: string[] = [];
    const watch = { ...unwatched, note: (code: string, detail: object) => notes.push(`${code} ${JSON.stringify(detail)}`) };
    const result = await ingestDicom(store, { path: folder, facility, name: "" }, now, watch);
    expect(counts(result)).toMatchObject({ accepted: 1, index: 1 });
    expect(notes).toEqual([`dicomdir-not-followed {"reason":"${reason}"}`]);
  });
});

describe("the command", () => {
  it("says what it did in one JSON line, and refuses what it cannot mean", async () => {
    const place = await stores.place("sqlite");
    put("1", { instance: "2.25.1" });
    const out: string[] = [];
    const log = console.log;
    console.log = (line: string) => out.push(line);
    const env = { TOMOSHIBI_DATA: place.dataDir };
    const code = await runCli(["ingest", "dicom", join(folder, "1"), "--facility", facility, "--json"], {
      env,
      clock: systemClock,
    }).finally(() => {
      console.log = log;
    });
    expect([code, JSON.parse(out.join(""))]).toEqual([
      0,
      { files: 1, accepted: 1, quarantined: 0, unchanged: 0, unlisted: 0, index: 0, studies: 1, records: 2, warnings: 0, people: 1 },
    ]);
    const store = await stores.reopen(place);
    await expect(run(store, join(folder, "nowhere"))).rejects.toMatchObject({ code: "ingest-root-missing" });
    await expect(ingestDicom(store, { path: folder, facility: "12", name: "" }, now, unwatched)).rejects.toMatchObject({
      code: "ingest-facility-bad",
    });
  });
});
