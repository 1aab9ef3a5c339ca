import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { currentManifest, publishCohort, ringByName, sealPerson, shardByName } from "../../../src/hub/publish/index.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { PROTECTED_LEAST } from "../../../src/shared/pack/padme.ts";
import { openManifest } from "../../../src/shared/protocol/manifest.ts";
import { clockAt, newHub, person, type TestHub } from "./fixture.ts";
import { testRules } from "./rules.ts";

const secrets = ["架空", "カクウ", "12郎", "ワルファリンカリウム", "00001012", "岬町一丁目", "架空中央病院", "1948-03-05"];

/** Every form in which a text may lie in a file: UTF-8, UTF-16 both ways, JSON escapes, base64 at each of three offsets, hex, deflated alone. */
function formsOf(text: string): { name: string; bytes: Buffer }[] {
  const plain = Buffer.from(text, "utf8");
  const little = Buffer.from(text, "utf16le");
  const escaped = [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const base64 = [0, 1, 2].flatMap((offset) => {
    const inner = Buffer.concat([Buffer.alloc(offset), plain])
      .toString("base64")
      .slice(offset === 0 ? 0 : offset + 1);
    const certain = inner.replace(/=+$/, "").slice(0, -1);
    return [certain, certain.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [
    { name: "UTF-8", bytes: plain },
    { name: "UTF-16LE", bytes: little },
    { name: "UTF-16BE", bytes: Buffer.from(little).swap16() },
    { name: "JSON", bytes: Buffer.from(escaped) },
    { name: "JSON, capitals", bytes: Buffer.from(escaped.toUpperCase().replaceAll("\\U", "\\u")) },
    { name: "percent", bytes: Buffer.from(encodeURIComponent(text)) },
    { name: "hex", bytes: Buffer.from(plain.toString("hex")) },
    ...base64.filter((form) => form.length >= 6).map((form) => ({ name: "base64", bytes: Buffer.from(form) })),
  ];
}

function found(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const bytes = readFileSync(join(folder, file));
    return secrets.flatMap((text) =>
      formsOf(text)
        .filter((form) => bytes.includes(form.bytes))
        .map((form) => `${file}: ${form.name}`),
    );
  });
}

describe("what anyone may download", () => {
  let hub: TestHub;
  const served = () => join(hub.folder, "bundles");
  beforeAll(async () => {
    hub = await newHub();
    for (let i = 0; i < 30; i++) await sealPerson(hub.store.db, hub.secrets, person(i));
    await publishCohort(hub.store.db, hub.secrets, { clock: clockAt(1), rules: testRules });
  });
  afterAll(async () => {
    await hub.store.close();
    rmSync(hub.folder, { recursive: true });
  });

  it("holds no name, drug, identifier, address, hospital or birth date in any form", () => {
    expect(readdirSync(served()).length).toBe(1);
    expect(found(served())).toEqual([]);
  });

  it("nor does the manifest, a shard or a ring part", async () => {
    const folder = join(hub.folder, "answers");
    mkdirSync(folder);
    const current = await currentManifest(hub.store.db);
    const manifest = await openManifest(Uint8Array.from(current?.bytes ?? []), hub.secrets.publicKeys);
    writeFileSync(join(folder, "manifest"), current?.bytes ?? "");
    for (const { name } of manifest.shards)
      writeFileSync(join(folder, toBase64Url(name)), (await shardByName(hub.store.db, toBase64Url(name))) ?? "");
    for (const { name } of manifest.rings.strip)
      writeFileSync(join(folder, toBase64Url(name)), (await ringByName(hub.store.db, toBase64Url(name))) ?? "");
    expect(readdirSync(folder).length).toBe(3);
    expect(found(folder)).toEqual([]);
  });

  it("positive control: a planted text is found in each form", () => {
    const folder = join(hub.folder, "planted");
    mkdirSync(folder);
    for (const [i, text] of secrets.entries()) {
      const forms = formsOf(text);
      for (const [j, form] of forms.entries())
        writeFileSync(join(folder, `${i}-${j}`), Buffer.concat([Buffer.from("xyz"), form.bytes, Buffer.from("xyz")]));
      for (const pad of ["", "a", "ab"]) writeFileSync(join(folder, `${i}-b${pad}`), Buffer.from(`${pad}${text}abc`).toString("base64"));
    }
    const files = new Set(found(folder).map((line) => line.split(":")[0]));
    const short = new Set(secrets.flatMap((text, i) => (Buffer.from(text).length < 9 ? [`${i}-b`, `${i}-ba`, `${i}-bab`] : [])));
    expect(readdirSync(folder).filter((file) => !files.has(file) && !short.has(file))).toEqual([]);
  });

  it("does not tell by its length alone: packs have Padmé lengths", async () => {
    const current = await currentManifest(hub.store.db);
    const manifest = await openManifest(Uint8Array.from(current?.bytes ?? []), hub.secrets.publicKeys);
    const lengths = new Set(manifest.bundles.flatMap((bundle) => bundle.lengths));
    const deflated = new Set(Array.from({ length: 30 }, (_, i) => deflateRawSync(person(i).parts.strip ?? "").length));
    // Protected packs have their own least length, the same for all of these.
    lengths.delete(11 + PROTECTED_LEAST + 16);
    expect(lengths.size).toBeLessThanOrEqual(Math.max(1, deflated.size));
  });
});
