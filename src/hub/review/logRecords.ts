import { type LeafKind, leafKinds } from "../../shared/audit/leaf.ts";
import { type Bytes, fromBase64Url, fromHex, toBase64Url, toHex } from "../../shared/bytes.ts";
import { shapeOf } from "../../shared/crypto/shape.ts";
import { TomoshibiError } from "../../shared/error.ts";

/**
 * The log as a run of records, from the database or from an export: what a third party needs to check it without the hub. Order: log, devices
 * and staff keys, what was signed about the log but for checkpoints, then the leaves, each checkpoint after the leaf that it ends with, end.
 */
export type LogRecord =
  | {
      readonly t: "log";
      readonly hub: Bytes;
      readonly rootHash: Bytes;
      readonly keys: Bytes;
      readonly generation: number;
      readonly size: number;
    }
  | { readonly t: "device"; readonly id: Bytes; readonly certificate: Bytes | null }
  | { readonly t: "staff"; readonly staff: string; readonly device: Bytes; readonly sign: Bytes }
  | { readonly t: "generation" | "backup"; readonly signed: Bytes }
  | { readonly t: "evidence"; readonly device: Bytes; readonly seen: string; readonly shown: Bytes }
  | { readonly t: "leaf"; readonly kind: LeafKind; readonly received: number; readonly entry: Bytes }
  /** The entry is gone; what is left is its leaf's hash. */
  | { readonly t: "missing"; readonly leaf: Bytes }
  | { readonly t: "checkpoint"; readonly note: string }
  | { readonly t: "end"; readonly size: number };

/** One line of an export. */
export function encodeRecord(record: LogRecord): string {
  return JSON.stringify(record, (key, value: unknown) =>
    value instanceof Uint8Array ? (key === "hub" ? toHex(value) : toBase64Url(value)) : value,
  );
}

const LINE_MOST = 256 * 1024;

/** One line of an export, attacker-controlled. Errors: "audit-file-bad". */
export function parseRecord(line: string): LogRecord {
  const shape = shapeOf("audit-file-bad");
  const bad = (field: string) => new TomoshibiError("audit-file-bad", { field });
  const bytes = (value: unknown, field: string): Bytes => {
    const found = typeof value === "string" ? fromBase64Url(value) : null;
    if (found === null) throw bad(field);
    return found;
  };
  if (line.length > LINE_MOST) throw bad("line");
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new TomoshibiError("audit-file-bad", { field: "json" }, { cause });
  }
  const t = typeof value === "object" && value !== null && "t" in value ? value.t : null;
  const map = (...keys: string[]) => shape.map(value, ["t", ...keys], "record");
  switch (t) {
    case "log": {
      const { hub, rootHash, keys, generation, size } = map("hub", "rootHash", "keys", "generation", "size");
      const id = typeof hub === "string" ? fromHex(hub) : null;
      if (id?.length !== 16) throw bad("hub");
      return {
        t,
        hub: id,
        rootHash: shape.encoded(rootHash, 16, "rootHash"),
        keys: bytes(keys, "keys"),
        generation: shape.uint(generation, "generation"),
        size: shape.uint(size, "size"),
      };
    }
    case "device": {
      const { id, certificate } = map("id", "certificate");
      return { t, id: shape.encoded(id, 16, "id"), certificate: certificate === null ? null : bytes(certificate, "certificate") };
    }
    case "staff": {
      const { staff, device, sign } = map("staff", "device", "sign");
      return {
        t,
        staff: shape.text(staff, 64, "staff"),
        device: shape.encoded(device, 16, "device"),
        sign: shape.encoded(sign, 65, "sign"),
      };
    }
    case "generation":
    case "backup":
      return { t, signed: bytes(map("signed").signed, "signed") };
    case "evidence": {
      const { device, seen, shown } = map("device", "seen", "shown");
      return { t, device: shape.encoded(device, 16, "device"), seen: shape.words(seen, 4096, "seen"), shown: bytes(shown, "shown") };
    }
    case "leaf": {
      const { kind, received, entry } = map("kind", "received", "entry");
      return { t, kind: shape.oneOf(kind, leafKinds, "kind"), received: shape.uint(received, "received"), entry: bytes(entry, "entry") };
    }
    case "missing":
      return { t, leaf: shape.encoded(map("leaf").leaf, 32, "leaf") };
    case "checkpoint":
      return { t, note: shape.words(map("note").note, LINE_MOST, "note") };
    case "end":
      return { t, size: shape.uint(map("size").size, "size") };
    default:
      throw bad("t");
  }
}
