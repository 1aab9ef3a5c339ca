/** All proven notes of one patient on A4, for a paper chart: what stands, what was corrected or rejected (struck, still readable), and by whom. */
import { fileURLToPath } from "node:url";
import type { Chart, ChartNote } from "./chart.ts";
import { printable } from "./letters.ts";
import { kindWords, linesOf, minute, roleWords, sexWords, stateWords, subjectLine } from "./said.ts";

export interface PdfOptions {
  /** ms of the hub's clock. */
  readonly at: number;
  /** Operator who asks. */
  readonly by: string;
}

type Doc = PDFKit.PDFDocument;

const margin = 42;
/** Room for the head of each page, and for its foot. */
const [head, foot] = [74, 40];
const sizes = { title: 13, name: 12, time: 11, text: 10, small: 8 } as const;
const light = "NotoSansJP_400Regular.ttf";
const heavy = "NotoSansJP_700Bold.ttf";

/** The bytes of the file. Letters that the font does not have are written by their number. */
export async function toPdf(chart: Chart, options: PdfOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { default: PDFDocument } = await import("pdfkit");
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: margin + head, bottom: margin + foot, left: margin, right: margin },
    bufferPages: true,
    lang: "ja",
    info: { Title: "災害時メモ", Creator: "Tomoshibi", CreationDate: new Date(options.at) },
  });
  const parts: Uint8Array[] = [];
  const ended = new Promise<void>((done, failed) => {
    doc.on("data", (part: Uint8Array) => parts.push(part));
    doc.on("end", () => done());
    doc.on("error", failed);
  });
  doc.registerFont("light", fontFile("400Regular", light));
  doc.registerFont("heavy", fontFile("700Bold", heavy));
  body(doc, chart);
  everyPage(doc, chart, options);
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}

function fontFile(weight: string, name: string): string {
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-jp/${weight}/${name}`));
}

function body(doc: Doc, { notes, unknown, waiting }: Chart): void {
  const write = writer(doc);
  write(
    "small",
    "システム停止中に病院の端末で書かれたメモです。病院の記録システムの内容ではありません。数値・時刻は記入者の入力どおりです。",
  );
  for (const each of unknown) write("small", `身元不明の間の呼び名: ${subjectLine(each)}`);
  if (waiting > 0) write("small", `記入者を確かめられないメモが ${waiting} 件あり、ここには含みません（閲覧記録が未着）。`);
  for (const each of notes) noteOn(doc, each, write);
}

function noteOn(doc: Doc, { note, state, correctedBy, decided, siteName, deviceName }: ChartNote, write: Write): void {
  const gone = state === "rejected" || state === "duplicate" || correctedBy?.accepted === true;
  // A note begins on a page that has room for its first lines.
  if (doc.y > doc.page.height - margin - foot - 90) doc.addPage();
  doc.moveDown(0.6);
  const { y } = doc;
  doc
    .moveTo(margin, y)
    .lineTo(doc.page.width - margin, y)
    .lineWidth(0.5)
    .strokeColor("#555555")
    .stroke();
  doc.moveDown(0.3);
  write("time", `${note.happened.replace("T", " ")}　${kindWords[note.content.kind]}　［${stateWords[state]}］`);
  for (const line of linesOf(note)) write("text", line, gone);
  if (correctedBy !== null) {
    const by = `${correctedBy.note.author.name} ${minute(correctedBy.note.written)}`;
    write("text", correctedBy.accepted ? `→ 訂正済み（${by} のメモが正しい）` : `→ 訂正メモあり、病院は未確認（${by}）`);
  }
  if (note.corrects !== null) write("text", "（このメモは前のメモの訂正です）");
  const clock = note.clockDoubtful ? "　※端末の時計が不確か" : "";
  write("small", `記入 ${note.author.name}（${roleOf(note)}、${note.author.staff}）　書いた時刻 ${minute(note.written)}${clock}`);
  const form = note.form === null ? "" : `　紙の様式 ${note.form}`;
  write("small", `端末 ${deviceName}　${siteName}${form}　メモ番号 ${note.id}`);
  if (decided !== null)
    write("small", `判断 ${decided.who} ${minute(decided.at)}　${stateWords[state]}${decided.why === "" ? "" : `　理由: ${decided.why}`}`);
}

const roleOf = ({ author: { role } }: ChartNote["note"]): string => (Object.hasOwn(roleWords, role) ? (roleWords[role] ?? role) : role);

type Write = (size: keyof typeof sizes, text: string, struck?: boolean) => void;

function writer(doc: Doc): Write {
  return (size, text, struck = false) => {
    doc.font(size === "time" || size === "name" || size === "title" ? "heavy" : "light").fontSize(sizes[size]);
    doc.fillColor(size === "small" ? "#333333" : "#000000");
    // An empty line is a line too.
    doc.text(printable(doc, text) || " ", margin, doc.y, { width: doc.page.width - 2 * margin, strike: struck, lineGap: 2 });
  };
}

/** Who it is stands on every page, with the page's number: sheets get parted. */
function everyPage(doc: Doc, chart: Chart, { at, by }: PdfOptions): void {
  const { start, count } = doc.bufferedPageRange();
  for (let i = start; i < start + count; i++) {
    doc.switchToPage(i);
    // The text of head and foot stands outside of the margins, where pdfkit would begin a new page.
    const { margins, width, height } = doc.page;
    doc.page.margins = { ...margins, top: 0, bottom: 0 };
    const line = (size: keyof typeof sizes, text: string, y: number) => {
      doc
        .font(size === "small" ? "light" : "heavy")
        .fontSize(sizes[size])
        .fillColor("#000000");
      doc.text(printable(doc, text), margin, y, { width: width - 2 * margin, height: sizes[size] * 1.5, lineBreak: false });
    };
    line("title", "災害時メモ（システム停止中に端末で書かれた記録）", margin);
    const [name, more] = whoLines(chart);
    line("name", name, margin + 22);
    line("text", more, margin + 42);
    doc
      .moveTo(margin, margin + 62)
      .lineTo(width - margin, margin + 62)
      .lineWidth(1)
      .strokeColor("#000000")
      .stroke();
    line("small", `出典: 停止中の端末メモ（device note written in an outage）　作成 ${minute(at)} ${by}`, height - margin - 24);
    line("small", `${i - start + 1} / ${count} ページ　${name}　${more}`, height - margin - 10);
    doc.page.margins = margins;
  }
}

/** Two marks of identity: name and birth date; of somebody nobody knows, what staff called them. */
function whoLines({ person, unknown }: Chart): readonly [string, string] {
  if (person === null)
    return [`身元不明　${unknown.map(({ label }) => label).join("、")}`, unknown[0] === undefined ? "" : subjectLine(unknown[0])];
  const sex = sexWords[person.sex] ?? "性別不明";
  return [
    `${person.name || "氏名不明"}（${person.kana || "かな不明"}）`,
    `生年月日 ${person.birthDate || "不明"}　${sex}　参照番号 ${person.person}`,
  ];
}
