import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { toHex } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { chainHeads } from "../store/logRead.ts";
import { Noted } from "./logFindings.ts";
import { type LogRecord, parseRecord } from "./logRecords.ts";
import { recordsOf, type SourceDeps, StoredNodes } from "./logSource.ts";
import { type AuditReport, type VerifyOptions, verifyLog } from "./logVerify.ts";

/** Checks everything that the database holds of the journal, against itself and against all that was ever signed about it. */
export async function auditDatabase(deps: SourceDeps, options: Pick<VerifyOptions, "witnessed" | "onProgress"> = {}): Promise<AuditReport> {
  const noted = new Noted();
  const nodes = new StoredNodes(deps.db);
  const report = await verifyLog(recordsOf(deps, noted), {
    ...options,
    noted,
    onNodes: (made) => nodes.compare(made, noted),
    onEnd: async (headOf) => {
      await nodes.finish(noted);
      for (const { chain, seq, hash, device } of await chainHeads(deps.db)) {
        const head = headOf(chain);
        const same = head !== null && head.seq === seq && toHex(head.hash) === toHex(new Uint8Array(hash));
        if (!same) noted.add("chain-head-altered", { chain, seq, device });
      }
    },
  });
  return report;
}

/** The same of an export, without any database. Errors: "audit-file-bad", keys-*. */
export async function auditFile(path: string, options: Pick<VerifyOptions, "witnessed" | "onProgress"> = {}): Promise<AuditReport> {
  return await verifyLog(linesOf(path), options);
}

async function* linesOf(path: string): AsyncGenerator<LogRecord> {
  const stream = createReadStream(path, "utf8");
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== "") yield parseRecord(line);
    }
  } catch (cause) {
    if (cause instanceof TomoshibiError) throw cause;
    throw new TomoshibiError("audit-file-bad", { field: "file" }, { cause });
  } finally {
    stream.destroy();
  }
}
