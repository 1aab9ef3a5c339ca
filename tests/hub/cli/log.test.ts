import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { hubLog } from "../../../src/hub/cli/log.ts";
import { TomoshibiError } from "../../../src/shared/error.ts";

function logged(error: unknown): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  hubLog(stream).error({ err: error }, "request failed");
  return text;
}

test("an error of database or parser is logged without the row or the text that it quotes", () => {
  const row = Object.assign(new Error("invalid input: 灯台花子"), {
    code: "23502",
    detail: "Failing row contains (灯台花子, ワルファリン)",
  });
  let parser: unknown;
  try {
    JSON.parse("灯台花子");
  } catch (error) {
    parser = error;
  }
  for (const error of [row, parser, new TomoshibiError("internal", { field: "person" }, { cause: row }), "灯台花子"]) {
    const line = logged(error);
    expect(line).not.toContain("灯台");
    expect(line).not.toContain("ワルファリン");
    expect(line).toContain("request failed");
  }
  expect(JSON.parse(logged(new TomoshibiError("internal", { field: "person" }, { cause: row }))).err).toMatchObject({
    code: "internal",
    detail: { field: "person" },
    at: expect.arrayContaining([expect.stringContaining("log.test.ts")]),
    cause: { type: "Error", code: "23502" },
  });
});
