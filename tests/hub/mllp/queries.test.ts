import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ListeningMllp, listenMllp } from "../../../src/hub/mllp/serve.ts";
import { queries } from "../../../src/hub/store/query.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { testStores } from "../store/open.ts";
import { dial, framed, type Peer, query, segmentsOf } from "./client.ts";
import { A, B, C, clock, fillRegion, oidOf } from "./region.ts";

const stores = testStores();
const logged: string[] = [];
let store: Store;
let server: ListeningMllp;
let peer: Peer;

beforeAll(async () => {
  store = await stores.open("sqlite");
  await fillRegion(store);
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
  server = await listenMllp({ port: 0, address: "127.0.0.1" }, { db: store.db, clock, log });
  peer = await dial(server.port);
});
afterAll(async () => {
  peer.socket.destroy();
  await server.close();
});

async function ask(type: "Q22" | "Q23", segments: readonly string[], charset?: "UNICODE UTF-8"): Promise<string> {
  peer.send(charset === undefined ? framed(query(type, segments)) : framed(query(type, segments, { charset }), "UTF8"));
  return await peer.next();
}
const cx = (pid: string, facility: string) => `${pid}^^^&${oidOf(facility)}&ISO`;
const pix = (id: string, wanted = "") => ask("Q23", [`QPD|IHE PIX Query|tag-1|${id}|${wanted}`, "RCP|I"]);
const pdq = (what: string, { wanted = "", rcp = "RCP|I", more = [] as string[] } = {}) =>
  ask("Q22", [`QPD|IHE PDQ Query|tag-2|${what}|||||${wanted}`, rcp, ...more]);

/** Numbers of PID-3, "pid@facility". */
const numbersIn = (pid: string) =>
  (pid.split("|")[3] ?? "").split("~").map((one) => one.replace(/\^\^\^&1\.2\.392\.100495\.20\.3\.51\.1(\d{10})&ISO\^PI/, "@$1"));

describe("PIX (ITI-9)", () => {
  it("gives the other numbers of the person, names nobody, and echoes what was asked", async () => {
    const answer = await pix(cx("0000000001", A));
    expect(segmentsOf(answer, "MSH")[0]).toMatch(/^MSH\|\^~\\&\|HUB\|REGION\|CLIENT\|CLINIC\|\d{14}\|\|RSP\^K23\^RSP_K23\|\w+\|P\|2\.5\|/);
    expect(segmentsOf(answer, "MSA")).toEqual(["MSA|AA|0001"]);
    expect(segmentsOf(answer, "QAK")).toEqual(["QAK|tag-1|OK"]);
    expect(segmentsOf(answer, "QPD")).toEqual([`QPD|IHE PIX Query|tag-1|${cx("0000000001", A)}|`]);
    expect(segmentsOf(answer, "PID")).toEqual([`PID|||${cx("0000000011", B)}^PI||~^^^^^^S`]);
  });

  it("only the domains that were asked; none there is no error", async () => {
    const only = (await pix(cx("0000000001", A), `^^^&${oidOf(B)}&ISO`)).split("\r");
    expect(only.filter((line) => line.startsWith("PID"))).toHaveLength(1);
    const none = await pix(cx("0000000001", A), `^^^&${oidOf(C)}&ISO`);
    expect([segmentsOf(none, "MSA"), segmentsOf(none, "QAK"), segmentsOf(none, "PID")]).toEqual([["MSA|AA|0001"], ["QAK|tag-1|NF"], []]);
    expect(segmentsOf(await pix(cx("0000000002", A)), "QAK")).toEqual(["QAK|tag-1|NF"]);
  });

  it.each([
    ["a number nobody has", cx("9999999999", A), "", "QPD^1^3^1^1"],
    ["a number with one zero less", cx("000000001", A), "", "QPD^1^3^1^1"],
    ["a domain that is none of ours", "0000000001^^^&1.3.6.1.4.1.21367.13.20.1000&ISO", "", "QPD^1^3^1^4"],
    ["a facility that the hub does not know", cx("0000000001", "1319999999"), "", "QPD^1^3^1^4"],
    ["no domain", "0000000001", "", "QPD^1^3^1^4"],
    ["a wanted domain that is none of ours", cx("0000000001", A), `^^^&${oidOf(B)}&ISO~^^^&1.2.3&ISO`, "QPD^1^4^2^4"],
    ["somebody who opted out", cx("0000000003", A), "", "QPD^1^3^1^1"],
    ["the number of the same person elsewhere", cx("0000000013", B), "", "QPD^1^3^1^1"],
  ])("%s: AE, 204, and nothing else", async (_, id, wanted, place) => {
    const answer = await pix(id, wanted);
    expect(segmentsOf(answer, "MSA")).toEqual(["MSA|AE|0001"]);
    expect(segmentsOf(answer, "ERR")).toEqual([`ERR||${place}|204^Unknown key identifier^HL70357|E`]);
    expect(segmentsOf(answer, "QAK")).toEqual(["QAK|tag-1|AE"]);
    expect(segmentsOf(answer, "PID")).toEqual([]);
  });
});

describe("PDQ (ITI-21)", () => {
  it("all who fit, each with a confidence, never one chosen: same name, same birthday, two people", async () => {
    const answer = await pdq("@PID.5.1.1^架空~@PID.5.2^高志~@PID.7.1^19600102~@PID.8^M");
    const pids = segmentsOf(answer, "PID");
    expect(pids.map(numbersIn)).toEqual([[`0000000002@${A}`], [`0000000012@${B}`]]);
    expect(segmentsOf(answer, "QRI").map((line) => Number(line.split("|")[1]))).toEqual([expect.any(Number), expect.any(Number)]);
    expect(segmentsOf(answer, "QAK")).toEqual(["QAK|tag-2|OK|IHE PDQ Query|2|2|0"]);
    expect(answer).toContain("架空^髙志^^^^^L^I~カクウ^タカシ^^^^^L^P||19600102|M");
  });

  it.each([
    ["variant kanji", "@PID.5.1^架空~@PID.5.2^髙志"],
    ["half-width kana", "@PID.5.1^ｶｸｳ~@PID.5.2^ﾀｶｼ"],
    ["hiragana", "@PID.5.1^かくう~@PID.5.2^たかし"],
    ["a wildcard", "@PID.5.1^カク*~@PID.7^19600102"],
  ])("names by %s find both", async (_, what) => {
    const answer = await ask("Q22", [`QPD|IHE PDQ Query|t|${what}`, "RCP|I"], "UNICODE UTF-8");
    expect(segmentsOf(answer, "PID")).toHaveLength(2);
    expect(segmentsOf(answer, "MSH")[0]).toContain("|UNICODE UTF-8|");
  });

  it("one person known to two hospitals is one answer with both numbers; domains can be asked for", async () => {
    const what = "@PID.5.1.1^灯台~@PID.7.1^19480305";
    expect(segmentsOf(await pdq(what), "PID").map(numbersIn)).toEqual([[`0000000001@${A}`, `0000000011@${B}`]]);
    expect(segmentsOf(await pdq(what, { wanted: `^^^&${oidOf(B)}&ISO` }), "PID").map(numbersIn)).toEqual([[`0000000011@${B}`]]);
    expect(segmentsOf(await pdq(what, { wanted: `^^^&${oidOf(C)}&ISO` }), "QAK")).toEqual(["QAK|tag-2|NF|IHE PDQ Query|0|0|0"]);
  });

  it("by number: of one hospital one, of any hospital everybody who has it", async () => {
    const one = await pdq(`@PID.3.1^0000000005~@PID.3.4.2^${oidOf(C)}`);
    expect(segmentsOf(one, "PID").map(numbersIn)).toEqual([[`0000000005@${C}`]]);
    expect(segmentsOf(one, "QRI")[0]).toMatch(/^QRI\|1\.00\|/);
    expect(segmentsOf(await pdq("@PID.3.1^0000000005"), "PID").map(numbersIn)).toEqual([[`0000000005@${A}`], [`0000000005@${C}`]]);
    expect(segmentsOf(await pdq("@PID.3.1^0000000005~@PID.5.2^二郎"), "PID").map(numbersIn)).toEqual([[`0000000005@${C}`]]);
  });

  it("whoever opted out is not there, by name or by number, at any hospital", async () => {
    for (const what of [
      "@PID.5.1.1^見本",
      "@PID.5.1.1^ミホン~@PID.7.1^19700809",
      "@PID.3.1^0000000003",
      `@PID.3.1^0000000013~@PID.3.4.2^${oidOf(B)}`,
    ]) {
      const answer = await pdq(what);
      expect([segmentsOf(answer, "MSA"), segmentsOf(answer, "PID")]).toEqual([["MSA|AA|0001"], []]);
      expect(answer).not.toContain("0000000003^");
    }
  });

  it("pages by RCP-2 and DSC: everybody once, and a pointer that was not given is refused", async () => {
    const what = "@PID.5.1.1^架空";
    const first = await pdq(what, { rcp: "RCP|I|1^RD" });
    expect(segmentsOf(first, "QAK")).toEqual(["QAK|tag-2|OK|IHE PDQ Query|2|1|1"]);
    const pointer = segmentsOf(first, "DSC")[0]?.split("|")[1] ?? "";
    const second = await pdq(what, { rcp: "RCP|I|1^RD", more: [`DSC|${pointer}|I`] });
    expect(segmentsOf(second, "DSC")).toEqual([]);
    expect([first, second].flatMap((answer) => segmentsOf(answer, "PID").flatMap(numbersIn))).toEqual([
      `0000000002@${A}`,
      `0000000012@${B}`,
    ]);
    for (const forged of ["1-0", `0-${pointer.slice(2)}`, "x"])
      expect(segmentsOf(await pdq(what, { more: [`DSC|${forged}|I`] }), "ERR")[0]).toContain("DSC^1^1|204");
    expect(segmentsOf(await pdq("@PID.5.1.1^試験", { more: [`DSC|${pointer}|I`] }), "ERR")[0]).toContain("DSC^1^1|204");
  });

  it.each([
    ["nothing", "", "QPD^1^3|101"],
    ["a field that is not searched", "@PID.10^1", "QPD^1^3^1|103"],
    ["a name that is none", "PID-5^灯台", "QPD^1^3^1|102"],
    ["a birthday that is none", "@PID.5.1^灯台~@PID.7.1^March", "QPD^1^3^2|102"],
    ["a sex that is none", "@PID.8^男", "QPD^1^3^1|103"],
    ["a wildcard inside", "@PID.5.1^*台", "QPD^1^3^1|102"],
    ["a domain without a number", `@PID.3.4.2^${oidOf(A)}`, "QPD^1^3|101"],
    ["a domain that is none of ours", "@PID.3.1^1~@PID.3.4.2^1.2.3", "QPD^1^3|204"],
  ])("%s asked is refused, with its place", async (_, what, error) => {
    const answer = await pdq(what);
    expect(segmentsOf(answer, "MSA")).toEqual(["MSA|AE|0001"]);
    expect(segmentsOf(answer, "ERR")[0]).toContain(error);
    expect(segmentsOf(answer, "PID")).toEqual([]);
  });

  it("nobody who fits is an empty answer; so is a question too wide", async () => {
    expect(segmentsOf(await pdq("@PID.5.1.1^存在~@PID.5.2^不明"), "QAK")).toEqual(["QAK|tag-2|NF|IHE PDQ Query|0|0|0"]);
    expect(segmentsOf(await pdq("@PID.8^M"), "PID")).toEqual([]);
  });
});

describe("what else is sent", () => {
  it.each([
    ["text", "hello", "MSA|AR|", "MSH^1|100"],
    ["other delimiters", "MSH|$%~\\&|A", "MSA|AR|", "MSH^1|100"],
    ["a message that is no query", "MSH|^~\\&|A|B|C|D|2026||ADT^A40|7|P|2.5\rPID|1\r", "MSA|AR|7", "MSH^1^9|200"],
    ["another query", "MSH|^~\\&|A|B|C|D|2026||QBP^ZV1|7|P|2.5\rQPD|x\r", "MSA|AR|7", "MSH^1^9|201"],
    ["a query without QPD", "MSH|^~\\&|A|B|C|D|2026||QBP^Q22|7|P|2.5\r", "MSA|AR|7", "QPD^1|100"],
    ["no control id", "MSH|^~\\&|A|B|C|D|2026||QBP^Q22||P|2.5\rQPD|x\r", "MSA|AR|", "MSH^1^10|101"],
    ["another version", "MSH|^~\\&|A|B|C|D|2026||QBP^Q22|7|P|3.0\rQPD|x\r", "MSA|AR|7", "MSH^1^12|203"],
  ])("%s is answered and refused", async (_, message, msa, error) => {
    peer.send(framed(message));
    const answer = await peer.next();
    expect(segmentsOf(answer, "MSA")).toEqual([msa]);
    expect(segmentsOf(answer, "ERR")[0]).toContain(error);
  });

  it("a value that holds delimiters or ends of segments cannot write segments of its own into an answer", async () => {
    const answer = await pdq("@PID.5.1^a\\F\\b\\.br\\~@PID.5.2^\\R\\PID\\X0D\\");
    expect(answer.split("\r").filter((line) => line.startsWith("PID"))).toEqual([]);
    expect(segmentsOf(answer, "MSA")).toEqual(["MSA|AA|0001"]);
  });

  it("every query is written down with who asked, and no word of whom", async () => {
    logged.length = 0;
    await pdq("@PID.5.1.1^灯台");
    await pdq("@PID.5.1.1^灯台");
    await pix(cx("0000000001", A));
    const rows = (await queries(store.db, 1000)).slice(-1000);
    expect(
      rows.some(
        ({ kind, found, outcome, who }) =>
          kind === "pdq" && found === 1 && outcome === "AA" && /^mllp .*127\.0\.0\.1 CLIENT\/CLINIC$/.test(who),
      ),
    ).toBe(true);
    expect(rows.some(({ kind, found }) => kind === "pix" && found === 1)).toBe(true);
    const digests = rows.filter(({ kind, found }) => kind === "pdq" && found === 1).map(({ digest }) => digest);
    expect(new Set(digests).size).toBeLessThan(digests.length);
    expect(logged).toHaveLength(3);
    const told = logged.join("") + JSON.stringify(rows);
    for (const word of ["灯台", "0000000001", "19480305"]) expect(told).not.toContain(word);
  });
});
