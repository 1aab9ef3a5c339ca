import { type Bytes, fromBase64Url, toHex, utf8 } from "../../../shared/bytes.ts";
import { staffRoles } from "../../../shared/protocol/enrolment.ts";
import type { ForwardRow } from "../../store/forward.ts";
import { purposeDisplays } from "../codes.ts";
import { instant, isEmergency } from "../event.ts";
import { isCode, line } from "../text.ts";

/** What a message tells besides the entry. */
export interface MessageContext {
  /** Of this machine. */
  readonly hostname: string;
  /** Name of the site of a device; "" when none is known. */
  siteOf(device: string): string;
  /** Whether a member of this id is known to the hub: what is not is not sent on. */
  isStaff(id: string): boolean;
}

/** "Log audit". */
const facility = 13;
/** RFC 5612: the enterprise number for whoever has none of their own. */
const structure = "tomoshibi@32473";

const warnings: ReadonlySet<string> = new Set(["unlock-failed", "envelope", "declare", "wipe", "sponsor", "clock-confirm"]);

/**
 * An entry as a message of RFC 5424, without framing. A device decides what stands in its entries, so nothing free goes on: of the patient
 * the person reference alone and only where it is one, of the member an id that the hub knows; no reason, no note, nothing of what was
 * opened. Chain, sequence and hash lead to the entry.
 */
export function syslogMessage(entry: ForwardRow, context: MessageContext): Bytes {
  const purpose = purposeDisplays[entry.purpose] === undefined ? "" : entry.purpose;
  const role = staffRoles.find((one) => one === entry.role) ?? "";
  const kind = isCode(entry.kind) ? entry.kind.slice(0, 32) : "unknown";
  const data: Readonly<Record<string, string>> = {
    chain: entry.chain,
    seq: String(entry.seq),
    hash: toHex(new Uint8Array(entry.hash)),
    kind,
    device: entry.device,
    site: line(context.siteOf(entry.device)),
    staff: context.isStaff(entry.staff) ? entry.staff : "",
    role,
    purpose,
    person: fromBase64Url(entry.person)?.length === 16 ? entry.person : "",
    received: instant(entry.received),
  };
  const severity = warnings.has(entry.kind) ? 4 : isEmergency(entry.purpose) ? 5 : 6;
  const header = `<${facility * 8 + severity}>1 ${instant(entry.trusted)} ${named(context.hostname, 255)} tomoshibi-hub - ${kind}`;
  const parameters = Object.entries(data).flatMap(([name, value]) => (value === "" ? [] : [`${name}="${escaped(value)}"`]));
  return utf8(`${header} [${structure} ${parameters.join(" ")}] ${[kind, purpose, role].filter((word) => word !== "").join(" ")}`);
}

/** Printable ASCII without blanks, or the dash that stands for nothing. */
function named(text: string, most: number): string {
  return text.replace(/[^\x21-\x7e]/g, "").slice(0, most) || "-";
}

function escaped(value: string): string {
  return value.replace(/["\\\]]/g, "\\$&");
}

/** RFC 6587, 3.4.1: the length in octets, a blank, the message. */
export function octetCounted(message: Bytes): Bytes {
  const length = utf8(`${message.length} `);
  const framed = new Uint8Array(length.length + message.length);
  framed.set(length);
  framed.set(message, length.length);
  return framed;
}
