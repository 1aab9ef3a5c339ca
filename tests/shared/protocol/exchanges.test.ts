import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/shared/bytes.ts";
import { decodeCbor, encodeCbor } from "../../../src/shared/crypto/cbor.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { codeOf, errorCodes } from "../../../src/shared/error.ts";
import { encodeRefusal, parseRefusal, refusalError } from "../../../src/shared/protocol/answer.ts";
import * as console from "../../../src/shared/protocol/console.ts";
import * as answers from "../../../src/shared/protocol/consoleAnswers.ts";
import * as enrol from "../../../src/shared/protocol/enrol.ts";
import * as enrolment from "../../../src/shared/protocol/enrolment.ts";
import { isContentName } from "../../../src/shared/protocol/files.ts";
import * as journal from "../../../src/shared/protocol/journal.ts";
import { nothingSeen } from "../../../src/shared/protocol/log.ts";
import * as notes from "../../../src/shared/protocol/notes.ts";
import * as ping from "../../../src/shared/protocol/ping.ts";
import * as readiness from "../../../src/shared/protocol/readiness.ts";
import * as review from "../../../src/shared/protocol/review.ts";
import * as reviews from "../../../src/shared/protocol/reviewAnswers.ts";
import { parseReport } from "../../../src/shared/protocol/reviewReport.ts";
import * as staff from "../../../src/shared/protocol/staff.ts";

const runs = { seed: 11, numRuns: process.env.TOMOSHIBI_LONG === "1" ? 20_000 : 150 };
const keys = () => ({
  id: randomBytes(5),
  device: randomBytes(16),
  name: "救急外来タブレット",
  open: randomBytes(65),
  locked: randomBytes(65),
  seal: randomBytes(65),
});

const parsers: readonly [string, (bytes: Uint8Array) => unknown][] = [
  ["enrol request", enrol.parseRequest],
  ["enrolment answer", enrolment.parseResponse],
  ["staff request", staff.parseRequest],
  ["staff answer", staff.parseResponse],
  ["journal request", journal.parseRequest],
  ["notes request", notes.parseRequest],
  ["readiness report", readiness.parseRequest],
  ["ping answer", ping.parseResponse],
  ["sign-in", console.parseSignIn],
  ["decision", review.parseDecision],
  ["answer to a question", review.parseAnswer],
  ["letter request", review.parseLetterRequest],
  ["review settings", review.parseSettingsRequest],
  ["new staff", console.parseNewStaff],
  ["session", (bytes) => answers.parseSession(decodeCbor(bytes))],
  ["reviews", (bytes) => reviews.parseReviews(decodeCbor(bytes))],
  ["letter", (bytes) => reviews.parseLetter(decodeCbor(bytes))],
  ["review rules", (bytes) => reviews.parseRules(decodeCbor(bytes))],
  ["monthly report", (bytes) => parseReport(decodeCbor(bytes))],
  ["alerts", (bytes) => answers.parseAlerts(decodeCbor(bytes))],
  ["devices", (bytes) => answers.parseDevices(decodeCbor(bytes))],
];

describe.each(parsers)("%s", (_, parse) => {
  test("refuses whatever bytes with a code, never otherwise", () => {
    const values = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.anything({ maxDepth: 2 }).map((value) => utf8(JSON.stringify(value) ?? "")),
      fc
        .dictionary(
          fc.constantFrom("id", "name", "state", "entries", "keys", "hub", "note", "notes"),
          fc.oneof(fc.string(), fc.nat(), fc.uint8Array()),
        )
        .map((map) => encodeCbor({ ...map })),
    );
    fc.assert(
      fc.property(values, (bytes) => {
        try {
          parse(Uint8Array.from(bytes));
        } catch (error) {
          expect(errorCodes).toContain(codeOf(error));
          expect(codeOf(error)).not.toBe("internal");
        }
      }),
      runs,
    );
  });
});

describe("an enrol request", () => {
  test("is known by its secret, and by no other request's", async () => {
    const secret = randomBytes(16);
    const request = keys();
    const { body, mac } = await enrol.encodeRequest(request, secret);
    const parsed = enrol.parseRequest(body);
    expect(parsed).toEqual({ ...request, mac });
    expect(await enrol.checkRequest(parsed, secret)).toBe(true);
    expect(await enrol.checkRequest(parsed, randomBytes(16))).toBe(false);
    for (const change of [
      { name: "別の端末" },
      { open: randomBytes(65) },
      { locked: randomBytes(65) },
      { seal: randomBytes(65) },
      { device: randomBytes(16) },
      { id: randomBytes(5) },
    ])
      expect(await enrol.checkRequest({ ...parsed, ...change }, secret)).toBe(false);
  });

  test("with a key too many, a key too few or a wrong length is refused", async () => {
    const { body } = await enrol.encodeRequest(keys(), randomBytes(16));
    const map = decodeCbor(body);
    if (typeof map !== "object" || map === null) throw new Error("no map");
    const { mac: _, ...without } = { mac: null, ...map };
    for (const bad of [
      { ...map, more: 1 },
      without,
      { ...map, open: randomBytes(64) },
      { ...map, name: "" },
      { ...map, name: "a".repeat(81) },
      { ...map, name: "救急\u202e外来" },
      { ...map, name: "救急\u2028外来" },
      [map],
      null,
    ])
      expect(() => enrol.parseRequest(encodeCbor(bad))).toThrow(expect.objectContaining({ code: "bad-request" }));
  });
});

describe("a refusal", () => {
  test("carries code, detail and the hub's time", () => {
    const made = { error: "request-time-off", detail: { hub: 5 }, time: 123 } as const;
    expect(parseRefusal(encodeRefusal(made))).toEqual(made);
    expect(refusalError(401, encodeRefusal(made))).toMatchObject({ code: "request-time-off", detail: { hub: 5, time: 123, status: 401 } });
  });

  test("of somebody else's making is a bad answer, not a code", () => {
    for (const body of [
      "<html>Bad gateway</html>",
      "",
      "{}",
      '{"error":"made-up","time":1}',
      '{"error":"internal"}',
      '{"error":"internal","time":"now"}',
      "[]",
      "null",
    ]) {
      expect(parseRefusal(utf8(body))).toBeNull();
      expect(refusalError(502, utf8(body))).toMatchObject({ code: "hub-answer-bad", detail: { status: 502 } });
    }
  });
});

test("a hub of another protocol version is not understood", () => {
  const body = ping.encodeResponse({ hub: randomBytes(16), time: 1 });
  const newer = utf8(new TextDecoder().decode(body).replace('"protocol":1', '"protocol":2'));
  expect(() => ping.parseResponse(newer)).toThrow(expect.objectContaining({ code: "hub-answer-bad" }));
});

test("only the canonical name of 32 bytes is a content name", () => {
  const name = "A".repeat(43);
  expect(isContentName(name)).toBe(true);
  for (const bad of ["", name.slice(1), `${name}A`, `${"A".repeat(42)}B`, `${"A".repeat(42)}=`, `${"A".repeat(41)}/A`, "../".repeat(14)])
    expect(isContentName(bad)).toBe(false);
});

test("a batch is cut before it is sent, not after", () => {
  const entry = randomBytes(60_000);
  expect(journal.parseRequest(journal.encodeRequest([entry]))).toEqual({ entries: [entry], seen: nothingSeen });
  expect(() => journal.encodeRequest(Array.from({ length: 18 }, () => entry))).toThrow(
    expect.objectContaining({ code: "journal-batch-too-large" }),
  );
  expect(() => journal.parseRequest(encodeCbor({ entries: [] }))).toThrow(expect.objectContaining({ code: "bad-request" }));
  const seen = { ...nothingSeen };
  expect(() => journal.parseRequest(encodeCbor({ entries: [new Uint8Array(65_537)], seen }))).toThrow(
    expect.objectContaining({ code: "bad-request" }),
  );
});
