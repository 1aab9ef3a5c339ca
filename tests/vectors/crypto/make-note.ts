/** Writes the note vector anew: `npx tsx tests/vectors/crypto/make-note.ts`. Only for a new format version; the committed one stays. */
import { writeFileSync } from "node:fs";
import { toHex } from "../../../src/shared/bytes.ts";
import { generateSealPair } from "../../../src/shared/crypto/hpke.ts";
import { exportPublic } from "../../../src/shared/crypto/sign.ts";
import { encodeNote } from "../../../src/shared/note/encode.ts";
import { sealNote } from "../../../src/shared/note/seal.ts";
import { noteOf } from "../../shared/note/fixture.ts";
import { fill } from "../../shared/pack/fixture.ts";

const pair = await generateSealPair(true);
const auditKey = await exportPublic(pair.publicKey);
const vector = {
  pkcs8: toHex(new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey))),
  public: toHex(auditKey),
  note: toHex(encodeNote(noteOf())),
  sealed: toHex(await sealNote(noteOf(), auditKey, { hub: fill(16, 8), device: fill(16, 9) })),
};
writeFileSync(new URL("note.json", import.meta.url), `${JSON.stringify(vector, null, 2)}\n`);
