import type { DocumentRecord } from "../../../record/record.ts";
import type { Report } from "../report.ts";
import { ageGroups, jspeedItems } from "./jspeed-items.ts";

type Section = DocumentRecord["sections"][number];

/**
 * The line of a disaster record (section 77599-9) as a person reads it, before the line as sent. Positions are only trusted when the line
 * has exactly the fields of the version it names: otherwise it stays as it is, and is said (`field-shifted`). Other sections pass.
 */
export function readJspeed(section: Section, report: Report): readonly Section[] {
  if (!section.code?.codings.some(({ code }) => code === "77599-9")) return [section];
  const sent = { ...section, title: `${section.title || "J-SPEED"}（受信した原文）` };
  const fields = fieldsOf(section.text);
  if (fields === null || fields.length !== jspeedItems.length || fields.at(-1) !== "JPN+1.00") {
    report.say("field-shifted", "section", "77599-9", section.text.slice(-20));
    return [sent];
  }
  const lines: string[] = [];
  const absent: string[] = [];
  fields.forEach((value, i) => {
    const item = jspeedItems[i] ?? "";
    const mark = item.endsWith("?");
    const name = mark ? item.slice(0, -1) : item;
    if (value === "") return;
    if (mark && value === "0") absent.push(name);
    else lines.push(mark && value === "1" ? `該当: ${name}` : `${name}: ${ageGroups[name]?.[Number(value) - 1] ?? value}`);
  });
  if (absent.length > 0) lines.push(`非該当（0と記録）: ${absent.join("、")}`);
  return [{ ...section, title: "J-SPEED", text: lines.join("\n") }, sent];
}

/** CSV of one line, quotes doubled inside quotes; null when a quote never ends. */
function fieldsOf(line: string): readonly string[] | null {
  const text = line.replace(/\s*[\r\n]\s*/g, "").trim();
  const fields: string[] = [];
  for (let start = 0; start <= text.length; ) {
    if (text[start] !== '"') {
      const comma = text.indexOf(",", start);
      const end = comma < 0 ? text.length : comma;
      fields.push(text.slice(start, end).trim());
      start = end + 1;
      continue;
    }
    let end = start + 1;
    while (end < text.length && (text[end] !== '"' || text[end + 1] === '"')) end += text[end] === '"' ? 2 : 1;
    if (end >= text.length || (end + 1 < text.length && text[end + 1] !== ",")) return null;
    fields.push(text.slice(start + 1, end).replaceAll('""', '"'));
    start = end + 2;
  }
  return fields;
}
