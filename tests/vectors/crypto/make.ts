/** Writes the pack vectors anew: `npx tsx tests/vectors/crypto/make.ts`. Only for a new format version; the committed ones stay. */
import { writeFileSync } from "node:fs";
import { nodePrimitives } from "../../../src/hub/publish/primitives.ts";
import { toHex, utf8 } from "../../../src/shared/bytes.ts";
import { packKinds } from "../../../src/shared/crypto/derive.ts";
import { input, seal } from "../../shared/pack/fixture.ts";

const texts = ["", "灯台 あかり", "ワルファリン 1 mg ".repeat(40)];
const vectors = packKinds.flatMap((kind) =>
  texts.map((plain) => {
    const pack = seal({ kind, plain: utf8(plain) });
    return {
      name: `${kind}, ${plain.length} letters`,
      kind,
      plain,
      deflated: toHex(nodePrimitives.deflateRaw(utf8(plain))),
      hubId: toHex(input().hubId),
      personRef: toHex(input().personRef),
      summaryVersion: 1,
      generation: 1,
      secret: toHex(input().secret),
      bytes: toHex(pack.bytes),
      pack: toHex(pack.name),
      key: toHex(pack.key),
    };
  }),
);
writeFileSync(new URL("pack.json", import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
