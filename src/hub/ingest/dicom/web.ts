import { TomoshibiError } from "../../../shared/error.ts";
import { type Archive, failed, reach } from "./archive.ts";
import { type InstanceFacts, isRefused, type Refused } from "./facts.ts";
import { dataSetsOf, factsOfJson, type JsonDataSet, jsonText } from "./json.ts";
import type { Instance, Series } from "./study.ts";
import { soundFacts } from "./wado.ts";

/** One study as the archive lists it; `facts` of one of its instances' metadata. `series` without hashes. */
export interface ListedStudy {
  readonly uid: string;
  readonly facts: InstanceFacts | Refused;
  readonly series: readonly Series[];
}

const pageSize = 200;
const answerLimit = 64 << 20;
/** An archive that goes on inventing entries is not followed without end. */
const mostListed = 1_000_000;
/** Numbers between single dots: ".." would be a step up in the archive's address. */
const uidPattern = /^(?=.{1,64}$)\d+(?:\.\d+)*$/;

/** Study UIDs of the archive (QIDO-RS), from the day of `since` (YYYYMMDD, "" all of them) on. Throws dicomweb-failed. */
export async function listStudies(archive: Archive, since: string): Promise<readonly string[]> {
  const query: Record<string, string> = since === "" ? {} : { StudyDate: `${since}-` };
  return (await pages(archive, "/studies", query, "0020000D")).map((set) => jsonText(set, "0020000D"));
}

/** Series and instances of one study (QIDO-RS) and the metadata of one instance (WADO-RS). Throws dicomweb-failed. */
export async function listStudy(archive: Archive, uid: string): Promise<ListedStudy> {
  const series: Series[] = [];
  let facts: InstanceFacts | Refused = { reason: "segment-missing", tag: "" };
  for (const set of await pages(archive, `/studies/${uid}/series`, {}, "0020000E")) {
    const at = `/studies/${uid}/series/${jsonText(set, "0020000E")}`;
    const listed = await pages(archive, `${at}/instances`, {}, "00080018");
    const instances = listed.map((one): Instance => ({ uid: jsonText(one, "00080018"), sopClass: jsonText(one, "00080016"), hashes: [] }));
    const first = instances[0];
    if (first === undefined) continue;
    const [metadata] = await ask(archive, `${at}/instances/${first.uid}/metadata`);
    const own: InstanceFacts | Refused =
      metadata === undefined ? facts : await soundFacts(archive, `${at}/instances/${first.uid}`, factsOfJson(metadata));
    if (isRefused(facts)) facts = own;
    series.push(isRefused(own) ? { ...seriesOf(set), instances } : { ...own.series, uid: seriesOf(set).uid, instances });
  }
  if (!isRefused(facts) && facts.study.uid !== uid) throw failed({ reason: "another-study" });
  return { uid, facts, series };
}

function seriesOf(set: JsonDataSet): InstanceFacts["series"] {
  return {
    uid: jsonText(set, "0020000E"),
    modality: jsonText(set, "00080060"),
    number: jsonText(set, "00200011"),
    description: jsonText(set, "0008103E"),
    body: jsonText(set, "00180015"),
  };
}

/** All pages of a search; an archive that ignores the offset, or repeats itself, ends it. Each answer must name a sound UID. */
async function pages(archive: Archive, path: string, query: Readonly<Record<string, string>>, key: string): Promise<JsonDataSet[]> {
  const found = new Map<string, JsonDataSet>();
  for (let offset = 0; ; offset += pageSize) {
    const search = new URLSearchParams({ ...query, limit: String(pageSize), offset: String(offset) });
    const page = await ask(archive, `${path}?${search}`);
    const before = found.size;
    for (const set of page) {
      const uid = jsonText(set, key);
      if (!uidPattern.test(uid)) throw failed({ reason: "uid-missing", tag: key });
      found.set(uid, set);
    }
    if (found.size > mostListed) throw failed({ reason: "too-large", limit: mostListed });
    if (page.length < pageSize || found.size === before) return [...found.values()];
  }
}

/** 204 and an empty list are none. */
async function ask(archive: Archive, path: string): Promise<readonly JsonDataSet[]> {
  const answer = await reach(archive, path, "application/dicom+json");
  if (answer.status === 204) return [];
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw failed({ status: answer.status });
  }
  const sets = dataSetsOf(parsed(await textOf(answer)));
  if (sets === null) throw failed({ reason: "not-dicom-json" });
  return sets;
}

async function textOf(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of answer.body ?? []) {
      length += part.length;
      if (length > answerLimit) throw failed({ reason: "too-large", limit: answerLimit });
      parts.push(part);
    }
  } catch (cause) {
    throw cause instanceof TomoshibiError ? cause : failed({ reason: "cut-off" }, cause);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string): unknown {
  if (text.trim() === "") return [];
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failed({ reason: "not-json" }, cause);
  }
}
