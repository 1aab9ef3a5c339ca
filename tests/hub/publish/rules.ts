import { deflateRawSync } from "node:zlib";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { encodeRules } from "../../../src/shared/summary/rule-file.ts";
import type { RuleTable } from "../../../src/shared/summary/rules.ts";
import { testTable } from "./table.ts";

export { testTable } from "./table.ts";

/** A table as it is published. */
export const ruleFile = (table: RuleTable): Bytes => Uint8Array.from(deflateRawSync(encodeRules(table)));

export const testRules = { version: testTable.version, date: testTable.date, bytes: ruleFile(testTable) };
