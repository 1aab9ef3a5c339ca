import { expect } from "vitest";
import { type ReadResult, readFile } from "../../../../src/hub/ingest/ssmix2/index.ts";
import type { FileIdentity, SourceRecord } from "../../../../src/hub/record/record.ts";
import { bytesOf, identity } from "../../../vectors/ssmix2/build.ts";
import { messages, type ReadType } from "../../../vectors/ssmix2/messages.ts";

export type KindOf<K extends SourceRecord["kind"]> = Extract<SourceRecord, { kind: K }>;

/** Reads the plain message of a type with lines changed; the file must be accepted. */
export function read(
  type: ReadType,
  change: (lines: string[]) => string[] = (lines) => lines,
  over: Partial<FileIdentity> = {},
): ReadResult {
  const result = readFile(bytesOf(change([...messages[type]])), identity(type, over));
  expect(result.reason).toBeNull();
  return result;
}

/** A change that puts one text for another, and fails when there is nothing to change. */
export const swap =
  (from: string, to: string) =>
  (lines: string[]): string[] => {
    expect(lines.some((line) => line.includes(from))).toBe(true);
    return lines.map((line) => line.replace(from, to));
  };

export const only = <K extends SourceRecord["kind"]>(result: ReadResult, kind: K): KindOf<K>[] =>
  result.records.filter((one): one is KindOf<K> => one.kind === kind);

export const codes = (result: ReadResult): string[] => result.warnings.map((one) => one.code);
