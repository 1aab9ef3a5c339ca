import Dexie from "dexie";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { generateSigningPair, sign } from "../../src/shared/crypto/sign.ts";
import { importAes, randomBytes } from "../../src/shared/crypto/wrap.ts";
import { inflateCapped } from "../../src/shared/pack/inflate.ts";
import { encodePart, parsePart } from "../../src/shared/summary/encode.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import { StripPanel } from "../../src/viewer/chart/StripPanel.tsx";
import { makeWords } from "../../src/words/index.ts";
import { benchDeps, credential, painted, staff, timed } from "./place.ts";

/** Ours: tap → entry durable → key → strip on screen. Reference: the bare work that any such opening must do, its literal text on screen. */
export async function measureOpen(rounds: number): Promise<{ ours: number[]; reference: number[]; nothing: number[] }> {
  const core = await makeCore(benchDeps());
  await core.unlock(staff, credential);
  const words = makeWords("ja");
  const element = document.getElementById("root");
  if (!element) throw new Error("no root");
  // Fewer people than the policy lets one member open within an hour.
  const hits = core.search("い").slice(0, 15);
  const first = hits[0];
  if (!first) throw new Error("nobody found");
  const bare = await bareOpening(await core.openStrip(await core.breakGlass(first, "unconscious")));
  const ours: number[] = [];
  const reference: number[] = [];
  const nothing: number[] = [];
  for (let i = 0; i < rounds + 3; i++) {
    const hit = hits[i % hits.length] ?? first;
    await settled();
    reference.push(await timed(() => bare(element)));
    await settled();
    const root = createRoot(element);
    let grant: Awaited<ReturnType<typeof core.breakGlass>> | null = null;
    ours.push(
      await timed(async () => {
        grant = await core.breakGlass(hit, "unconscious");
        const { strip } = await core.openStrip(grant);
        flushSync(() =>
          root.render(
            <I18nextProvider i18n={words}>
              <StripPanel strip={strip} />
            </I18nextProvider>,
          ),
        );
        await painted();
      }),
    );
    root.unmount();
    if (grant) await core.endGrant(grant);
    await settled();
    nothing.push(await timed(painted));
  }
  await core.lock();
  return { ours: ours.slice(3), reference: reference.slice(3), nothing: nothing.slice(3) };
}

/** A tap falls anywhere in a frame: so does the start of a measurement. */
const settled = () => new Promise<void>((done) => setTimeout(done, 40 + Math.random() * 17));

async function bareOpening(part: Parameters<typeof encodePart>[0]): Promise<(element: HTMLElement) => Promise<void>> {
  const db = new Dexie("bench-reference", { chromeTransactionDurability: "strict" });
  db.version(1).stores({ entries: "seq", packs: "name" });
  const pair = await generateSigningPair(false);
  const key = await importAes(randomBytes(32));
  const iv = new Uint8Array(12);
  const plain = encodePart(part);
  const deflated = new Uint8Array(
    await new Response(new Blob([plain]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer(),
  );
  await db
    .table("packs")
    .put({ name: "strip", bytes: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, deflated)) });
  let seq = 0;
  return async (element) => {
    const entry = randomBytes(600);
    await sign(pair.privateKey, entry);
    await db.table("entries").put({ seq: seq++, entry });
    const row: { bytes: Uint8Array<ArrayBuffer> } = await db.table("packs").get("strip");
    const opened = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, row.bytes));
    const strip = parsePart(await inflateCapped(opened));
    if (strip.part !== "strip") throw new Error("no strip");
    const root = createRoot(element);
    flushSync(() => root.render(<p>{strip.strip.items.map((item) => `${item.text} ${item.detail} ${item.date}`).join("\n")}</p>));
    await painted();
    root.unmount();
  };
}
