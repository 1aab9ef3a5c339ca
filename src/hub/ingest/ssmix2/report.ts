import type { ClinicalDate, FileIdentity, SourceRecord, Warning, WarningCode } from "../../record/record.ts";
import { type ParsedDate, parseDate } from "./date.ts";
import type { Segment } from "./message.ts";
import { first } from "./values.ts";

/** What reading one file has yielded so far: records in the order of the file, warnings, and what was not understood. */
/** Warnings kept of one file; of a hostile one the rest is counted. */
const warningLimit = 500;

export class Report {
  readonly file: FileIdentity;
  readonly records: SourceRecord[] = [];
  readonly warnings: Warning[] = [];
  /** Unknown segments by id. */
  readonly segments = new Map<string, number>();
  private further = 0;

  constructor(file: FileIdentity) {
    this.file = file;
  }

  /** Names file, segment and field; `seen` is shortened and stays in the hub. `field` 0: the whole segment; `segment` null: the whole file. */
  warn(code: WarningCode, segment: Segment | null, field = 0, seen = ""): void {
    this.say(code, segment?.label ?? "", segment === null || field === 0 ? "" : `${segment.id}-${field}`, seen);
  }

  /** The same of what is no segment: an element of a document and a part of it. */
  say(code: WarningCode, segment: string, field = "", seen = ""): void {
    if (this.warnings.length >= warningLimit) {
      this.further++;
      return;
    }
    this.warnings.push({
      code,
      file: this.file.name,
      segment,
      field,
      seen: seen.length > 60 ? `${seen.slice(0, 60)}…` : seen,
    });
  }

  /** Says how many warnings were not kept. */
  closeWarnings(): void {
    if (this.further > 0)
      this.warnings.push({ code: "too-large", file: this.file.name, segment: "", field: "", seen: `${this.further} warnings more` });
  }

  /** A date field at the precision sent; what is no date gives null (or its sound part) and `date-malformed`. */
  date(segment: Segment, n: number): ClinicalDate | null {
    const field = segment.field(n);
    if (field === "") return null;
    const parsed: ParsedDate = parseDate(first(field).split("^", 1)[0] ?? "");
    if (!parsed.sound) this.warn("date-malformed", segment, n, field);
    return parsed.date;
  }

  /** Keeps a segment as it stands, for what no reader could place. */
  keepRaw(segment: Segment): void {
    segment.taken = true;
    this.records.push({ kind: "raw", date: null, segment: segment.label, text: segment.text });
  }

  /** The day of the file name as a date, for records whose message gives none. */
  get day(): ClinicalDate | null {
    return parseDate(this.file.day === "-" ? "" : this.file.day).date;
  }
}
