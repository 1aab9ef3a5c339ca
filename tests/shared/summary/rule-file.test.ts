import { expect, test } from "vitest";
import { toBase64Url, utf8 } from "../../../src/shared/bytes.ts";
import { sha256 } from "../../../src/shared/crypto/hash.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { encodeRules, parseRules } from "../../../src/shared/summary/rule-file.ts";
import { makeRules, projectRules, projectTable } from "../../../src/shared/summary/rules.ts";
import { judgeMedicine } from "../../../src/shared/summary/strip.ts";

const refused = (bytes: Uint8Array) => {
  try {
    parseRules(bytes);
  } catch (error) {
    return codeOf(error);
  }
  return "read";
};

test("the table reads back whole, and judges as the built-in one does", () => {
  const read = parseRules(encodeRules(projectTable));
  expect(read).toEqual(projectTable);
  const rules = makeRules(read);
  for (const text of ["ワーファリン錠1mg", "ﾊﾞｲｱｽﾋﾟﾘﾝ錠100mg", "ヘパリン類似物質油性クリーム0.3%"]) {
    const medicine = { drug: { text, codes: [], local: false }, form: "", route: "", usage: "" };
    expect(judgeMedicine(medicine, rules)).toEqual(judgeMedicine(medicine, projectRules));
  }
});

test("whoever changes the table raises its version: this version is this table", async () => {
  const hash = toBase64Url(await sha256(encodeRules(projectTable)));
  expect([projectTable.version, hash.slice(0, 12)]).toEqual(["1.2.0", "o24S-yEQIMLT"]);
});

test("cut, changed in shape, or far too large: refused with one code", () => {
  const bytes = encodeRules(projectTable);
  const value = JSON.parse(new TextDecoder().decode(bytes));
  const as = (changed: object) => utf8(JSON.stringify({ ...value, ...changed }));
  expect(refused(bytes.slice(0, bytes.length - 1))).toBe("rules-malformed");
  expect(refused(new Uint8Array(0))).toBe("rules-malformed");
  expect(refused(utf8("null"))).toBe("rules-malformed");
  expect(refused(as({ version: "newest" }))).toBe("rules-malformed");
  expect(refused(as({ extra: [] }))).toBe("rules-malformed");
  expect(refused(as({ sections: [{ ...value.sections[0], danger: "harmless" }] }))).toBe("rules-malformed");
  expect(refused(as({ medicineCodes: {} }))).toBe("rules-malformed");
  expect(refused(new Uint8Array(5 * 1024 * 1024))).toBe("rules-malformed");
  expect(refused(bytes)).toBe("read");
});
