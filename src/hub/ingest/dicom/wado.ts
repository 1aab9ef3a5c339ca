import { type Archive, reach } from "./archive.ts";
import { type InstanceFacts, isRefused, type Refused } from "./facts.ts";
import { readInstance } from "./part10.ts";

/** So much of an instance is fetched to see its header; the rest is left unread. */
const headerBytes = 1 << 20;

/**
 * Facts of an instance whose names can be believed. Archives differ in what they understand of ISO 2022: Orthanc 1.10 gives the bytes of
 * JIS X 0208 as ASCII when the first set is JIS X 0201. A name in the second or third group without any letter beyond ASCII, or with signs
 * of bytes that were not read, is therefore read again from the instance itself; where that cannot be had, it is told as undecodable.
 */
export async function soundFacts(archive: Archive, path: string, facts: InstanceFacts | Refused): Promise<InstanceFacts | Refused> {
  if (isRefused(facts) || !isDoubtful(facts)) return facts;
  const own = await headerOf(archive, path);
  if (own !== null && !isRefused(own) && own.instance.uid === facts.instance.uid && own.patient.pid === facts.patient.pid) return own;
  const seen = facts.patient.names.ideographic.slice(0, 60);
  return { ...facts, warnings: [...facts.warnings, { code: "undecodable-byte", tag: "(0010,0010)", seen }] };
}

function isDoubtful({ patient, study }: InstanceFacts): boolean {
  const { alphabetic, ideographic, phonetic } = patient.names;
  const isAscii = (text: string) => /^[\x20-\x7e]+$/.test(text);
  const all = `${alphabetic}${ideographic}${phonetic}${study.description}`;
  return isAscii(ideographic) || isAscii(phonetic) || all.includes("\uFFFD") || all.includes("\x1b");
}

/** Header of one instance, from the first part of the multipart answer; null when the archive does not give it. */
async function headerOf(archive: Archive, path: string): Promise<InstanceFacts | Refused | null> {
  const answer = await reach(archive, path, 'multipart/related; type="application/dicom"; transfer-syntax=*');
  if (answer.status !== 200) {
    await answer.body?.cancel();
    return null;
  }
  const bytes = await beginning(answer);
  if (bytes === null) return null;
  const start = bytes.indexOf("\r\n\r\n", 0, "latin1");
  if (start < 0) return null;
  const part = new Uint8Array(bytes.subarray(start + 4));
  // Its length is not known: as far as can be told the file goes on behind what was fetched.
  return readInstance((from, length) => part.subarray(from, from + length), Number.MAX_SAFE_INTEGER);
}

/** At most `headerBytes` of the body; null when it breaks off before its end. */
async function beginning(answer: Response): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of answer.body ?? []) {
      parts.push(part);
      length += part.length;
      if (length >= headerBytes) break;
    }
  } catch {
    // Cut off: the metadata, with a warning, are what there is.
    return null;
  }
  return Buffer.concat(parts);
}
