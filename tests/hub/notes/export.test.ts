import { inflateSync } from "node:zlib";
import type { Bundle, Composition, Observation, Resource } from "@medplum/fhirtypes";
import { describe, expect, test } from "vitest";
import { validateBase } from "../../../src/hub/ingest/fhir/definitions.ts";
import { chartOf } from "../../../src/hub/notes/chart.ts";
import { exportNotes } from "../../../src/hub/notes/export.ts";
import { toPdf } from "../../../src/hub/notes/pdf.ts";
import { noteExports } from "../../../src/hub/store/noteDeeds.ts";
import { fromUtf8 } from "../../../src/shared/bytes.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { contents, vitals } from "../../shared/note/fixture.ts";
import { knownPerson } from "../routes/region.ts";
import { testStores } from "../store/open.ts";
import { pdfPages } from "./pdf-text.ts";
import { decide, home, link, type Ward, wardOn } from "./ward.ts";
import { unknownSubject } from "./writing.ts";

const stores = testStores();
const ward = async () => await wardOn(await stores.open("sqlite"));
const who = "事務 花子";

const exported = async (all: Ward, key: string, format: "fhir" | "pdf" = "fhir") => await exportNotes(all.deps, key, format, who);
const bundleOf = async (all: Ward, key: string): Promise<Bundle> => JSON.parse(fromUtf8((await exported(all, key)).bytes));
const resources = ({ entry }: Bundle): readonly Resource[] => (entry ?? []).flatMap(({ resource }) => resource ?? []);
const pagesOf = async (all: Ward, key: string) => pdfPages((await exported(all, key, "pdf")).bytes, inflateSync);

/** One note of each kind, written while nobody knew who it is and afterwards, all accepted. */
async function everyKind(all: Ward): Promise<string> {
  const subject = unknownSubject();
  const keys = [
    await home(all, {
      subject,
      content: { ...vitals, spo2: "92", oxygen: "5", glucose: "108", weight: "60.0", respirations: "24", pupils: "左右差なし" },
    }),
    await home(all, {
      subject,
      content: {
        kind: "identified",
        person: knownPerson,
        name: "架空 太郎",
        kana: "カクウ タロウ",
        birthDate: "1948-04-05",
        how: "診察券",
      },
    }),
  ];
  for (const content of contents) keys.push(await home(all, { content }));
  for (const key of keys) await decide(all, key, {});
  return keys[2] ?? "";
}

describe("the FHIR document", () => {
  test("holds every kind of note as R4 wants it, with the codes that charts know, digits as written", async () => {
    const all = await ward();
    const bundle = await bundleOf(all, await everyKind(all));
    expect(await validateBase(bundle)).toEqual([]);
    for (const resource of resources(bundle)) expect(await validateBase(resource), resource.resourceType).toEqual([]);
    const codes = resources(bundle).flatMap((each) =>
      each.resourceType === "Observation"
        ? [...(each.code.coding ?? []), ...(each.component ?? []).flatMap(({ code }) => code.coding ?? [])]
        : [],
    );
    for (const code of ["8480-6", "8462-4", "8867-4", "9279-1", "59408-5", "2708-6", "8310-5", "2339-0", "29463-7", "9269-2", "3151-8"])
      expect(codes.map((each) => each.code)).toContain(code);
    const kinds = new Set(resources(bundle).map(({ resourceType }) => resourceType));
    for (const kind of [
      "Patient",
      "MedicationAdministration",
      "Procedure",
      "ServiceRequest",
      "DocumentReference",
      "Practitioner",
      "Device",
    ])
      expect(kinds).toContain(kind);
    expect(fromUtf8((await exported(all, await everyKind(all))).bytes)).toContain('"value":36.0,');
  });

  test("says of everything where it comes from, when it happened, who wrote it, and on what", async () => {
    const all = await ward();
    const bundle = await bundleOf(all, await everyKind(all));
    const about = resources(bundle).filter(({ resourceType }) =>
      /Observation|Administration|Procedure|Request|DocumentReference/.test(resourceType),
    );
    expect(about.length).toBeGreaterThan(10);
    for (const { meta } of about) expect(meta?.tag?.[0]?.code).toBe("device-note");
    const pulse = about.find(
      (each): each is Observation => each.resourceType === "Observation" && each.code.coding?.[0]?.code === "8867-4",
    );
    expect(pulse).toMatchObject({
      effectiveDateTime: "2026-11-20T03:05:00+09:00",
      status: "final",
      valueQuantity: { value: 124, code: "/min" },
    });
    const named = (reference: string | undefined) => bundle.entry?.find(({ fullUrl }) => fullUrl === reference)?.resource;
    expect(named(pulse?.performer?.[0]?.reference)).toMatchObject({ identifier: [{ value: all.member.id }] });
    expect(named(pulse?.device?.reference)).toMatchObject({ deviceName: [{ name: "救急外来タブレット" }] });
    expect(named(pulse?.subject?.reference)).toMatchObject({ birthDate: "1948-04-05", name: [{ text: "架空 太郎" }, {}] });
  });

  test("every reference leads to a resource of the document, and every resource is reached from a section", async () => {
    const all = await ward();
    const bundle = await bundleOf(all, await everyKind(all));
    const urls = new Set((bundle.entry ?? []).map(({ fullUrl }) => fullUrl));
    for (const [, url] of JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)) expect(urls).toContain(url);
    const composition = resources(bundle)[0] as Composition;
    const told = (composition.section ?? []).flatMap(({ entry }) => entry ?? []).length;
    expect(told).toBe(
      resources(bundle).filter(({ resourceType }) => !/Composition|Patient|Practitioner|Device|Organization/.test(resourceType)).length,
    );
  });

  test("leaves out what is undecided, rejected or a duplicate; and there is none of nothing accepted", async () => {
    const all = await ward();
    const [kept, again, wrong, open] = [await home(all), await home(all), await home(all), await home(all)];
    await expect(exported(all, kept)).rejects.toMatchObject({ code: "note-none-accepted" });
    await decide(all, kept, {});
    await decide(all, again, { state: "duplicate", of: kept });
    await decide(all, wrong, { state: "rejected", why: "別の患者" });
    const text = JSON.stringify(await bundleOf(all, kept));
    expect([kept, again, wrong, open].map((key) => text.includes(key))).toEqual([true, false, false, false]);
  });

  test("a corrected note is entered in error beside what corrects it; while that is undecided there is no document", async () => {
    const all = await ward();
    const key = await home(all);
    await decide(all, key, {});
    const correction = await home(all, { corrects: key.split(".")[1] ?? "", content: { ...vitals, pulse: "120" } });
    await expect(exported(all, key)).rejects.toMatchObject({ code: "note-correction-open" });
    await decide(all, correction, {});
    const pulses = resources(await bundleOf(all, key)).flatMap((each) =>
      each.resourceType === "Observation" && each.code.coding?.[0]?.code === "8867-4" ? [[each.status, each.valueQuantity?.value]] : [],
    );
    expect(pulses).toEqual([
      ["entered-in-error", 124],
      ["corrected", 120],
    ]);
  });

  test("of somebody nobody knows names them as staff did, and no sum stands for a coma score that was not judged whole", async () => {
    const all = await ward();
    const key = await home(all, { subject: unknownSubject() });
    await decide(all, key, {});
    const bundle = await bundleOf(all, key);
    expect(resources(bundle).find(({ resourceType }) => resourceType === "Patient")).toMatchObject({
      name: [{ use: "temp", text: "不明A（身元不明）" }],
    });
    const coma = resources(bundle).find(
      (each) => each.resourceType === "Observation" && each.code.coding?.[0]?.code === "9269-2",
    ) as Observation;
    expect([coma.valueQuantity, coma.component?.[1]?.dataAbsentReason?.coding?.[0]?.code]).toEqual([undefined, "not-performed"]);
  });

  test("is valid, and holds no markup of theirs, whatever was written", async () => {
    const all = await ward();
    const evil = "<script>alert(1)</script>&\"' ]]> {{x}}\n\n漢字👩‍🚒𠮷";
    for (const content of [
      { kind: "text", text: evil } as const,
      { kind: "medication", drug: evil, dose: "1/2", unit: "錠", route: evil, note: evil } as const,
      { kind: "order", what: evil, detail: evil, urgent: true } as const,
    ])
      await decide(all, await home(all, { content, happened: "0001-01-01T00:00" }), {});
    const key = await home(all, { author: { staff: all.member.id, name: evil.replaceAll("\n", " "), role: "physician" } });
    await decide(all, key, {});
    const bundle = await bundleOf(all, key);
    expect(await validateBase(bundle)).toEqual([]);
    for (const { text } of (resources(bundle)[0] as Composition).section ?? []) expect(text?.div).not.toMatch(/<script/i);
  });
});

describe("the PDF", () => {
  test("has every proven note with its time, author, tablet and state, two marks of identity and the number on every page", async () => {
    const all = await ward();
    const key = await everyKind(all);
    const pages = await pagesOf(all, key);
    const text = pages.join("");
    for (const words of [
      "血圧84mmHg",
      "体温36.0℃",
      "GCSE3V判定不能M6",
      "アドレナリン注0.1%1mg静注",
      "【至急】頭部CT",
      "到着は1時間後。",
      "2026-11-2003:05",
      "灯台一郎",
      "救急外来タブレット",
      "承認済",
      "不明A",
    ])
      expect(text, words).toContain(words);
    for (const [i, page] of pages.entries()) {
      expect(page).toContain("架空太郎（カクウタロウ）");
      expect(page).toContain("生年月日1948-04-05");
      expect(page).toContain(`${i + 1}/${pages.length}ページ`);
      expect(page).toContain("devicenotewritteninanoutage");
    }
    expect(pages.length).toBeGreaterThan(1);
  });

  test("keeps what was corrected, rejected or said twice, readable and marked", async () => {
    const all = await ward();
    const [key, wrong] = [await home(all), await home(all, { content: { kind: "text", text: "取り違えた記録" } })];
    await decide(all, wrong, { state: "rejected", why: "別の患者" });
    const correction = await home(all, { corrects: key.split(".")[1] ?? "", content: { ...vitals, pulse: "120" } });
    expect((await pagesOf(all, key)).join("")).toContain("訂正メモあり、病院は未確認");
    await decide(all, correction, {});
    const text = (await pagesOf(all, key)).join("");
    for (const words of ["脈拍124回/分", "脈拍120回/分", "訂正済み", "取り違えた記録", "却下", "理由:別の患者"])
      expect(text, words).toContain(words);
  });

  test("writes a letter that its font does not have by its number, and embeds no more of a font than it uses", async () => {
    const all = await ward();
    const key = await home(all, { content: { kind: "text", text: "髙橋﨑𠮷野家 👩‍🚒 ＡＢＣ" } });
    const { bytes } = await exported(all, key, "pdf");
    const text = pdfPages(bytes, inflateSync).join("");
    expect(text).toContain("髙橋﨑𠮷野家");
    expect(text).toContain("〓(U+1F692)");
    expect(bytes.length).toBeLessThan(200_000);
  });

  test("goes on over pages: of four thousand letters none is lost", async () => {
    const all = await ward();
    const words = Array.from({ length: 400 }, (_, i) => `第${String(i).padStart(3, "0")}行の記録`).join("\n");
    const text = (await pagesOf(all, await home(all, { content: { kind: "text", text: words } }))).join("");
    for (let i = 0; i < 400; i++) expect(text).toContain(`第${String(i).padStart(3, "0")}行の記録`);
  });

  test("says how many notes it leaves out, since nobody is proven to have written them", async () => {
    const all = await ward();
    const key = await home(all);
    const chart = await chartOf(all.deps, key);
    const text = pdfPages(await toPdf({ ...chart, waiting: 3 }, { at: 0, by: who }), inflateSync).join("");
    expect(text).toContain("記入者を確かめられないメモが3件");
  });
});

test("an export is written down before it is given out: who, whose, which notes, and the file's hash", async () => {
  const all = await ward();
  const key = await home(all, { subject: unknownSubject() });
  await decide(all, key, {});
  await link(all, key, knownPerson);
  const { name } = await exported(all, key);
  expect(name).not.toContain("架空");
  expect(await noteExports(all.region.store.db, 10)).toMatchObject([
    { who, format: "fhir", subject: knownPerson, notes: JSON.stringify([key]) },
  ]);
  const fails = {
    ...all.deps,
    db: { ...all.deps.db, transaction: () => ({ execute: async () => Promise.reject(new Error("disk full")) }) },
  };
  const broken = Object.assign(Object.create(all.deps.db), { transaction: fails.db.transaction });
  expect(codeOf(await exportNotes({ ...all.deps, db: broken }, key, "pdf", who).catch((error: unknown) => error))).toBe("internal");
  expect(await noteExports(all.region.store.db, 10)).toHaveLength(1);
});
