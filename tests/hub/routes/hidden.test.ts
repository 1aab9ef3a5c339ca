import { beforeAll, expect, it } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { record } from "../flow/consented.ts";
import { testStorage } from "../flow/storage.ts";
import { A, B, now, person } from "../mllp/region.ts";
import { askedHub, grades, issue, numbers, system } from "./asking.ts";

/** 灯台花子 is known to A and B; she hid what B holds of her. B alone knows a former name. */
const hub = askedHub();
const hanako = { name: [{ family: "灯台", given: ["花子"] }], birthDate: "1948-03-05", gender: "female" };

beforeAll(async () => {
  const storage = testStorage(B);
  try {
    const said = { pid: "0000000011", type: "ADT-00" } as const;
    storage.put({ ...said, stamp: "20260101090000000" }, person({ pid: "0000000011", kanji: "旧姓^花子", card: "100" }));
    await ingest(hub.store(), { roots: [storage.root], facility: B, name: "" }, new Date(now).toISOString(), unwatched);
  } finally {
    storage.destroy();
  }
});

it("what a hospital knows is found, until the person hides that hospital", async () => {
  const byName = () => hub.find({ family: "旧姓" });
  const byNumber = () => hub.find({ identifier: `${system(B)}|0000000011` });
  const known = [`0000000001@${A}`, `0000000011@${B}`];
  expect([numbers(await byName()), numbers(await byNumber())]).toEqual([[known], [known]]);
  await record(hub.store(), now, { facility: A, pid: "0000000001", kind: "facility", target: B, value: "hidden" });
  expect([numbers(await byName()), numbers(await byNumber())]).toEqual([[], []]);
});

it("neither by cross-reference, in either direction", async () => {
  expect(issue(await hub.pix(`${system(B)}|0000000011`))).toMatchObject({ status: 404 });
  expect((await hub.pix(`${system(A)}|0000000001`)).body.parameter).toBeUndefined();
});

it("nor does a number of the hidden hospital make a match certain, or a hidden name add to it", async () => {
  const asked = { ...hanako, identifier: [{ system: system(B), value: "0000000011" }] };
  const got = await hub.match(asked);
  expect(numbers(got)).toEqual([[`0000000001@${A}`]]);
  expect(grades(got)).not.toContain("certain");
  expect(JSON.stringify(got.body)).not.toContain("旧姓");
});
