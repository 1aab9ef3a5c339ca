import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../../../src/hub/cli/cli.ts";
import { type DicomwebResult, ingestDicomweb } from "../../../../src/hub/flow/dicomweb.ts";
import { unwatched } from "../../../../src/hub/flow/phase.ts";
import { recordsOf } from "../../../../src/hub/flow/records.ts";
import { archiveAt } from "../../../../src/hub/ingest/dicom/index.ts";
import type { Store } from "../../../../src/hub/store/store.ts";
import { systemClock } from "../../../../src/shared/clock.ts";
import { testStores } from "../../store/open.ts";
import { startOrthanc, type TestOrthanc } from "./orthanc.ts";
import { japanese, part10, picture, type Sample } from "./part10.ts";

const stores = testStores();
const facility = "1310000001";
const now = "2026-01-01T00:00:00.000Z";
const samples = join(import.meta.dirname, "../../../../../shared/samples/dicom");

let orthanc: TestOrthanc;
beforeAll(async () => {
  orthanc = await startOrthanc();
}, 60_000);
afterAll(async () => {
  await orthanc?.stop();
});

const upload = (sample: Sample) => orthanc.upload(part10(picture(sample)));
const follow = (store: Store, since = ""): Promise<DicomwebResult> =>
  ingestDicomweb(store, { archive: archiveAt(orthanc.url, fetch), facility, name: "灯台病院", since }, now, unwatched);

async function statedOf(store: Store, pid: string) {
  const files = (await recordsOf(store.db, [{ facility, pid }])).get(`${facility}|${pid}`) ?? [];
  const records = files.flatMap((one) => one.records);
  return {
    names: records.flatMap((one) => (one.kind === "patient" ? one.names.map((name) => `${name.family}^${name.given}`) : [])),
    studies: records.flatMap((one) => (one.kind === "study" ? [one] : [])),
  };
}

describe("a real archive", () => {
  it("gives its studies, series and instances; names in all groups; what changed and what went is followed", async () => {
    const store = await stores.open("sqlite");
    expect(await follow(store)).toMatchObject({ studies: 0, people: 0 });

    const jis = (text: string) => Buffer.from(japanese(text, "JIS"));
    const name = Buffer.concat([
      Buffer.from("Toudai^Tarou="),
      jis("灯台"),
      Buffer.from("^"),
      jis("太郎"),
      Buffer.from("="),
      jis("とうだい"),
      Buffer.from("^"),
      jis("たろう"),
    ]);
    const tarou = { charset: "\\ISO 2022 IR 87", name: new Uint8Array(name), description: "CHEST CT" };
    await upload({ ...tarou, instance: "2.25.1" });
    await upload({ ...tarou, instance: "2.25.2" });
    await upload({ ...tarou, instance: "2.25.3", series: "2.25.101", modality: "SR", sopClass: "1.2.840.10008.5.1.4.1.1.88.33" });
    await upload({
      instance: "2.25.11",
      study: "2.25.20",
      series: "2.25.200",
      pid: "0000000002",
      name: "Kakuu^Hanako=架空^花子",
      accession: "B0002",
      date: "20250601",
      sex: "F",
    });

    expect(await follow(store)).toMatchObject({ studies: 2, accepted: 2, quarantined: 0, gone: 0, instances: 4, records: 4, people: 2 });
    const { names, studies } = await statedOf(store, "0000000001");
    expect(names).toEqual(["灯台^太郎", "とうだい^たろう", "Toudai^Tarou"]);
    expect(studies).toMatchObject([
      {
        studyUid: "2.25.10",
        accession: "A0001",
        date: "2025-01-02T09:15:00",
        modalities: ["CT", "SR"],
        description: "CHEST CT",
        bodySite: "CHEST",
        endpoint: orthanc.base,
        series: [
          { uid: "2.25.100", instances: 2, drawable: true },
          { uid: "2.25.101", instances: 1, drawable: false },
        ],
      },
    ]);
    expect((await statedOf(store, "0000000002")).studies).toMatchObject([{ studyUid: "2.25.20", accession: "B0002" }]);
    const stored = Buffer.concat((await store.db.selectFrom("content").select("body").execute()).map(({ body }) => Buffer.from(body)));
    expect(stored.includes("reader")).toBe(false);

    expect(await follow(store)).toMatchObject({ studies: 2, unchanged: 2, accepted: 0, records: 0, people: 0 });
    expect(await follow(store, "20250301")).toMatchObject({ studies: 1, unchanged: 1, gone: 0 });

    await upload({ ...tarou, instance: "2.25.4" });
    expect(await follow(store)).toMatchObject({ studies: 2, accepted: 1, unchanged: 1, people: 1 });

    await orthanc.removeStudy("2.25.20");
    expect(await follow(store)).toMatchObject({ studies: 1, unchanged: 1, gone: 1, people: 1 });
    expect((await statedOf(store, "0000000002")).studies).toEqual([]);

    await orthanc.removeStudy("2.25.10");
    await upload({ ...tarou, instance: "2.25.1", pid: "0000000003" });
    expect(await follow(store)).toMatchObject({ studies: 1, accepted: 1, gone: 1 });
    expect((await statedOf(store, "0000000001")).studies).toEqual([]);
    expect((await statedOf(store, "0000000003")).studies).toMatchObject([{ studyUid: "2.25.10" }]);
    await orthanc.removeStudy("2.25.10");
    expect(await follow(store)).toMatchObject({ studies: 0, gone: 0 });
  }, 120_000);

  it("more studies than one page, and the same by the command", async () => {
    for (let i = 0; i < 205; i++)
      await upload({ instance: `2.25.5${i}`, study: `2.25.6${i}`, series: `2.25.7${i}`, pid: String(i % 10).padStart(10, "0") });
    const place = await stores.place("sqlite");
    const out: string[] = [];
    const log = console.log;
    console.log = (line: string) => out.push(line);
    const around = { env: { TOMOSHIBI_DATA: place.dataDir }, clock: systemClock };
    const code = await runCli(
      ["ingest", "dicomweb", orthanc.url, "--facility", facility, "--since", "2024-01-01", "--json"],
      around,
    ).finally(() => {
      console.log = log;
    });
    expect(code).toBe(0);
    expect(JSON.parse(out.join(""))).toMatchObject({ studies: 205, accepted: 205, quarantined: 0, instances: 205, people: 10 });
    for (let i = 0; i < 205; i++) await orthanc.removeStudy(`2.25.6${i}`);
  }, 180_000);

  it("public samples give through the archive what their files give", async () => {
    if (!existsSync(samples)) return console.log("samples not present: not sent to the archive");
    const sent = [
      "pydicom-charset/chrH31.dcm",
      "pydicom-charset/chrH32.dcm",
      "pydicom-charset/chrX1.dcm",
      "pydicom/rtdose_rle.dcm",
      "pydicom/reportsi.dcm",
    ];
    for (const name of sent) await orthanc.upload(readFileSync(join(samples, name)));
    const store = await stores.open("sqlite");
    expect(await follow(store)).toMatchObject({ studies: 5, accepted: 4, quarantined: 1 });
    const uids = (await store.db.selectFrom("file").select("path").execute()).map(
      ({ path }) => path.replace("studies/", "").split("@")[0] ?? "",
    );
    expect((await statedOf(store, "H31EXAMPLE")).names).toEqual(["山田^太郎", "やまだ^たろう", "Yamada^Tarou"]);
    expect((await statedOf(store, "H32EXAMPLE")).names.slice(0, 2)).toEqual(["山田^太郎", "やまだ^たろう"]);
    expect((await statedOf(store, "X1EXAMPLE")).names).toEqual(["王^小東", "Wang^XiaoDong"]);
    expect((await statedOf(store, "id11111")).studies).toMatchObject([{ series: [{ modality: "RTDOSE", drawable: false }] }]);
    for (const uid of uids) await orthanc.removeStudy(uid);
    const refused = await store.db.selectFrom("file").select(["reason", "pid"]).where("state", "=", "quarantined").execute();
    expect(refused).toEqual([{ reason: "field-missing", pid: "" }]);
  }, 60_000);

  it("a name that the archive misreads is read again from the picture itself", async () => {
    const store = await stores.open("sqlite");
    const jis = (text: string) => Buffer.from(japanese(text, "JIS"));
    const kana = Uint8Array.from([0xc4, 0xb3, 0xc0, 0xde, 0xb2]);
    const name = new Uint8Array(Buffer.concat([kana, Buffer.from("="), jis("灯台"), Buffer.from("="), jis("とうだい")]));
    const charset = "ISO 2022 IR 13\\ISO 2022 IR 87";
    await upload({ charset, name, instance: "2.25.31", study: "2.25.30", pid: "0000000030", description: "x" });
    await follow(store);
    await orthanc.removeStudy("2.25.30");
    expect((await statedOf(store, "0000000030")).names).toEqual(["灯台^", "とうだい^", "ﾄｳﾀﾞｲ^"]);
  });

  it("a wrong password, and an archive that is not there, change nothing", async () => {
    const store = await stores.open("sqlite");
    const order = (url: string) => ({ archive: archiveAt(url, fetch), facility, name: "", since: "" });
    await expect(ingestDicomweb(store, order(orthanc.base), now, unwatched)).rejects.toMatchObject({
      code: "dicomweb-failed",
      detail: { status: 401 },
    });
    await expect(ingestDicomweb(store, order("http://127.0.0.1:9/dicom-web"), now, unwatched)).rejects.toMatchObject({
      code: "dicomweb-failed",
      detail: { reason: "unreachable" },
    });
    expect(await store.db.selectFrom("file").selectAll().execute()).toEqual([]);
  });
});

describe("an archive that answers badly", () => {
  const answers = (answer: (path: string) => Response) =>
    archiveAt("http://archive.example/dicom-web/", (input) => Promise.resolve(answer(new URL(String(input)).pathname)));
  const json = (value: unknown, status = 200) =>
    new Response(JSON.stringify(value), { status, headers: { "content-type": "application/dicom+json" } });
  const uid = (tag: string, value: string) => ({ [tag]: { vr: "UI", Value: [value] } });

  it.each([
    ["with no JSON", () => new Response("<html>"), "not-json"],
    ["with an object", () => json({ error: 1 }), "not-dicom-json"],
    ["with a list of texts", () => json(["2.25.1"]), "not-dicom-json"],
    ["with a study without a UID", () => json([{}]), "uid-missing"],
    ["with a UID that is a path", () => json([uid("0020000D", "../../admin")]), "uid-missing"],
    ["with another place", () => new Response(null, { status: 302, headers: { location: "http://elsewhere.example" } }), undefined],
  ])("%s is refused", async (_, answer, reason) => {
    const store = await stores.open("sqlite");
    const order = { archive: answers(answer), facility, name: "", since: "" };
    const detail = reason === undefined ? { status: 302 } : { reason };
    await expect(ingestDicomweb(store, order, now, unwatched)).rejects.toMatchObject({ code: "dicomweb-failed", detail });
  });

  it("a UID that is a step up in its address is asked nowhere", async () => {
    const store = await stores.open("sqlite");
    const asked: string[] = [];
    const archive = answers((path) => {
      asked.push(path);
      return json([uid("0020000D", "..")]);
    });
    const run = ingestDicomweb(store, { archive, facility, name: "", since: "" }, now, unwatched);
    await expect(run).rejects.toMatchObject({ code: "dicomweb-failed", detail: { reason: "uid-missing" } });
    expect(asked).toEqual(["/dicom-web/studies"]);
  });

  it("the same page again and again ends", async () => {
    const page = Array.from({ length: 200 }, (_, i) => uid("0020000D", `2.25.${i}`));
    const store = await stores.open("sqlite");
    let asked = 0;
    const archive = answers((path) => {
      asked++;
      return path.endsWith("/studies") ? json(page) : json([]);
    });
    const result = await ingestDicomweb(store, { archive, facility, name: "", since: "" }, now, unwatched);
    expect(result).toMatchObject({ studies: 200, quarantined: 200 });
    expect(asked).toBe(202);
  });

  it.each(["ftp://archive.example/", "dicom-web", "http://archive.example/?a=b"])("%s is no base URL", (url) => {
    expect(() => archiveAt(url, fetch)).toThrow(expect.objectContaining({ code: "dicomweb-bad-url" }));
  });
});
