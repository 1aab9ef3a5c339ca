import Encoding from "encoding-japanese";
import { beforeEach, expect, test } from "vitest";
import { followMerges, type Merge } from "../../../src/hub/flow/identity-hl7.ts";
import { decisions } from "../../../src/hub/store/identity.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { testStores } from "../store/open.ts";

const stores = testStores();
const own = "1310000001";
const clock = { now: () => 1, monotonic: () => 0 };
const msh = (type = "ADT^A40^ADT_A39", id = "M1", sender = own) => `MSH|^~\\&|HIS|${sender}|HUB|R|20260301||${type}|${id}|P|2.5`;
const text = (...segments: string[]) => `${segments.join("\r")}\r`;
const merge = (pid: string, mrg: string) => text(msh(), "EVN||20260301", `PID|||${pid}`, `MRG|${mrg}`);

let store: Store;
beforeEach(async () => {
  store = await stores.open("sqlite");
});
const follow = async (message: string | Uint8Array, facility: string | null = null): Promise<string[]> => {
  const bytes = typeof message === "string" ? utf8(message) : message;
  const line = ({ outcome, from, into, reason }: Merge) => `${outcome} ${from?.pid ?? "-"}>${into?.pid ?? "-"} ${reason}`.trim();
  return (await followMerges({ db: store.db, clock }, bytes, facility)).map(line);
};

test.each([
  ["plain", merge("00000012^^^^PI", "00000099^^^^PI")],
  ["framed as on the wire", `\v${merge("00000012^^^^PI", "00000099^^^^PI")}\x1c\r`],
  ["with line feeds", merge("00000012^^^^PI", "00000099^^^^PI").replaceAll("\r", "\r\n")],
  [
    "with the OID of the hospital",
    merge("00000012^^^&1.2.392.100495.20.3.51.11310000001&ISO", "00000099^^^&1.2.392.100495.20.3.51.11310000001&ISO"),
  ],
  ["with PD1 and PV1 around", text(msh(), "EVN||20260301", "PID|||00000012^^^^PI", "PD1|", "MRG|00000099^^^^PI", "PV1||O")],
])("a merge %s is followed, leading zeros and all", async (_, message) => {
  expect(await follow(message)).toEqual(["followed 00000099>00000012"]);
  expect(await decisions(store.db)).toMatchObject([
    { kind: "a40", a_facility: own, a_pid: "00000099", b_facility: own, b_pid: "00000012", who: `HL7 HIS/${own} M1` },
  ]);
});

test("several messages, several numbers in one, and a name in JIS are all read; each has its own answer", async () => {
  const two = text(msh("ADT^A40", "M2"), "PID|||3^^^^PI||灯台^花子^^^^^L^I", "MRG|4^^^^PI~5^^^^PI");
  const bytes = Encoding.convert(Encoding.stringToCode(merge("1^^^^PI", "2^^^^PI") + two), { from: "UNICODE", to: "JIS", type: "array" });
  expect(await follow(Uint8Array.from(bytes))).toEqual(["followed 2>1", "followed 4>3", "followed 5>3"]);
});

test("the same message again changes nothing; another one of the same numbers is kept too", async () => {
  await follow(merge("1", "2"));
  expect(await follow(merge("1", "2"))).toEqual(["known 2>1"]);
  expect(await follow(text(msh("ADT^A40", "M9"), "PID|||1", "MRG|2"))).toEqual(["followed 2>1"]);
  expect(await decisions(store.db)).toHaveLength(2);
});

test.each([
  ["another event", text(msh("ADT^A08^ADT_A01"), "PID|||1", "MRG|2"), "not-a40"],
  ["a query", text(msh("QBP^Q23^QBP_Q21"), "PID|||1", "MRG|2"), "not-a40"],
  ["no MRG", text(msh(), "PID|||1"), "no-mrg"],
  ["MRG before any PID", text(msh(), "MRG|2", "PID|||1"), "no-pid"],
  ["an empty old number", merge("1", ""), "number-missing"],
  ["an old number that is deleted", merge("1", '""'), "number-missing"],
  ["no surviving number", merge("", "2"), "number-missing"],
  ["a number with a path in it", merge("1", "2\\T\\3"), "number-missing"],
  ["one number into itself", merge("1", "1"), "same-number"],
  ["a number of another hospital", merge("1", "2^^^&1.2.392.100495.20.3.51.11310000002&ISO"), "other-facility"],
  ["a sender that is no hospital", text(msh("ADT^A40", "M1", "HOSP"), "PID|||1", "MRG|2"), "facility-unknown"],
])("%s is refused, said why, and changes nothing", async (_, message, reason) => {
  const answers = await follow(message);
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatch(new RegExp(`^refused .*${reason}$`));
  expect(await decisions(store.db)).toEqual([]);
});

test("one bad message among good ones does not keep these back", async () => {
  expect(await follow(merge("1", "2") + text(msh("ADT^A08"), "PID|||1") + merge("3", "4"))).toEqual([
    "followed 2>1",
    "refused ->- not-a40",
    "followed 4>3",
  ]);
});

test("the operator may say whose numbers they are, where the message does not", async () => {
  expect(await follow(text(msh("ADT^A40", "M1", "HOSP"), "PID|||1", "MRG|2"), own)).toEqual(["followed 2>1"]);
});

test("whose messages they are is whose numbers they may name: a hospital merges nobody of another", async () => {
  const foreign = (pid: string) => `${pid}^^^&1.2.392.100495.20.3.51.11310000002&ISO`;
  expect(await follow(merge(foreign("1"), foreign("2")), own)).toEqual(["refused ->- other-facility"]);
  expect(await follow(merge(`1~${foreign("7")}`, `2~${foreign("8")}`), own)).toEqual(["followed 2>1", "refused ->- other-facility"]);
  // A master index speaks for all: the operator names nobody.
  expect(await follow(merge(foreign("1"), foreign("2")))).toEqual(["followed 2>1"]);
});

test("half a million empty lines cost no more than their length", async () => {
  const start = performance.now();
  expect(await follow(`${"\n".repeat(500_000)}${merge("1", "2")}`)).toEqual(["followed 2>1"]);
  expect(performance.now() - start).toBeLessThan(3_000);
});

test.each([
  ["nothing", ""],
  ["a letter", "Dear colleague"],
  ["zeros", "\0".repeat(1000)],
  ["a cut header", "MSH|^~"],
])("%s is no message: refused, never followed", async (_, message) => {
  const done = await follow(message).then(
    (answers) => answers.join(),
    (error: unknown) => codeOf(error),
  );
  expect(["merge-malformed", "refused ->- malformed"]).toContain(done);
  expect(await decisions(store.db)).toEqual([]);
});
