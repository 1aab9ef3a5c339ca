import { randomBytes as nodeRandom, scryptSync } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { inviteReviewer } from "../../../src/hub/people/invites.ts";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { enrolmentById } from "../../../src/hub/store/enrolment.ts";
import { reviewerByName } from "../../../src/hub/store/reviewer.ts";
import { derivePassphraseKey, newKdfParameters } from "../../../src/shared/crypto/passphrase.ts";
import { importAes, randomBytes, unwrapBytes, wrapBytes } from "../../../src/shared/crypto/wrap.ts";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { accountPaths } from "../../../src/shared/protocol/account.ts";
import { consolePaths } from "../../../src/shared/protocol/console.ts";
import * as enrol from "../../../src/shared/protocol/enrol.ts";
import { testStores } from "../store/open.ts";
import { consoleBrowser } from "./console-browser.ts";
import { newDevice } from "./device.ts";
import { type TestRegion, testRegion } from "./region.ts";
import { blur, toldApart } from "./timed.ts";

const stores = testStores();
const name = "見本 確認";
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";
/** Stretching takes its time, and a busy machine's. */
const patience = 240_000;
let region: TestRegion;
beforeAll(async () => {
  region = await testRegion(await stores.open("sqlite"));
  await addReviewer(region.deps, name, passphrase);
});

/** Everything of an answer but the clock. */
async function shown(answer: Response): Promise<string> {
  const { time: _, ...rest } = (await answer.json()) as { time: number };
  return JSON.stringify([answer.status, [...answer.headers].filter(([key]) => key !== "set-cookie"), rest]);
}

describe("the console's sign-in", () => {
  /** A new address and, for strangers, a new name each time, so that no brake stands between the question and its answer. */
  const trying = (who: (run: number) => string) => async (run: number) => {
    const page = consoleBrowser(region.console);
    page.peer = { address: `198.51.${run & 255}.${nodeRandom(1)[0]}` };
    const answer = await page.post(consolePaths.signIn, { name: who(run), passphrase: `wrong ${run}` });
    expect(answer.status).toBe(401);
    return answer;
  };
  const known = trying(() => name);
  const unknown = trying((run) => `架空 ${run}`);

  test("says the same of a name that exists and one that does not", async () => {
    expect(await shown(await known(1))).toBe(await shown(await unknown(1)));
  });

  test(
    "takes the same time for a name that exists and one that does not",
    async () => {
      expect(Math.abs((await toldApart(known, unknown, 24)) - 0.5)).toBeLessThan(blur(24));
    },
    patience,
  );

  test(
    "would be caught by this measure if it stretched the passphrases of known names only",
    async () => {
      const leaky = (who: string) => async () => {
        const row = await reviewerByName(region.store.db, who);
        return row === null ? null : scryptSync(passphrase, "salt", 32, { N: 32_768, r: 8, p: 1, maxmem: 64 << 20 });
      };
      expect((await toldApart(leaky(name), leaky("架空"), 16)) - 0.5).toBeGreaterThan(blur(24));
    },
    patience,
  );
});

describe("enrolment", () => {
  async function attempts(own: boolean): Promise<(run: number) => Promise<Request>> {
    const { id } = await enrol.parseEnrolCode(await region.invite());
    const device = await newDevice(region);
    return async () => {
      const request = { id: own ? id : randomBytes(id.length), device: device.id, name: "端末", ...device.keys.publics };
      const { body } = await enrol.encodeRequest(request, randomBytes(16));
      return new Request(`http://localhost:8787${enrol.enrolPath}`, { method: "POST", body });
    };
  }
  /** Made before the clock runs: what the attacker does is no part of the answer. */
  const prepared = async (make: (run: number) => Promise<Request>, runs: number) => {
    const all = await Promise.all(Array.from({ length: runs + Math.ceil(runs / 5) }, (_, run) => make(run)));
    return (ask: (request: Request) => Promise<unknown>) => async () => await ask(all.pop() as Request);
  };
  const runs = 400;
  const answer = async (request: Request) => {
    // The brake on failures of one address is not what is measured here.
    return await region.hub(request, { address: `198.51.100.${nodeRandom(1)[0]}.${nodeRandom(2).readUInt16BE()}` });
  };

  test("says the same of an invitation that exists and one that does not, to who cannot prove it", async () => {
    const [own, other] = [await attempts(true), await attempts(false)];
    const said = await shown(await answer(await own(0)));
    expect(said).toContain("enrol-code-unknown");
    expect(await shown(await answer(await other(0)))).toBe(said);
  });

  test("takes the same time for an invitation that exists and one that does not", async () => {
    const [own, other] = [await prepared(await attempts(true), runs), await prepared(await attempts(false), runs)];
    const unproven = async (request: Request) => expect((await answer(request)).status).toBe(403);
    expect(Math.abs((await toldApart(own(unproven), other(unproven), runs)) - 0.5)).toBeLessThan(blur(runs));
  });

  test("would be caught by this measure if it proved the secret of known invitations only", async () => {
    const leaky = async (request: Request) => {
      const parsed = enrol.parseRequest(new Uint8Array(await request.arrayBuffer()));
      const row = await enrolmentById(region.store.db, Buffer.from(parsed.id).toString("hex"));
      if (row === null) throw new TomoshibiError("enrol-code-unknown");
      return await enrol.checkRequest(parsed, new Uint8Array(row.secret));
    };
    const quiet = (ask: (request: Request) => Promise<unknown>) => (request: Request) => ask(request).catch(() => null);
    const [own, other] = [await prepared(await attempts(true), runs), await prepared(await attempts(false), runs)];
    expect((await toldApart(own(quiet(leaky)), other(quiet(leaky)), runs)) - 0.5).toBeGreaterThan(blur(runs));
  });
});

test("an invitation to the console: the same answer, in the same time, for a code that nobody issued and one that is used", async () => {
  await inviteReviewer(region.deps, name, null);
  const used = await inviteReviewer(region.deps, "灯台 当直", null);
  await region.store.db.updateTable("reviewer_invite").set({ used: 1 }).where("reviewer", "=", "灯台 当直").execute();
  const trying = (code: (run: number) => string) => async (run: number) => {
    const page = consoleBrowser(region.console);
    page.peer = { address: `203.0.${run & 255}.${nodeRandom(1)[0]}` };
    const answer = await page.post(accountPaths.inviteOptions, { code: code(run) });
    expect(answer.status).toBe(403);
    return answer;
  };
  const digits = (run: number) => String(run + 1000).padStart(32, "0");
  expect(await shown(await trying(() => used.code)(0))).toBe(await shown(await trying(digits)(0)));
  const apart = await toldApart(
    trying(() => used.code),
    trying(digits),
    200,
  );
  expect(Math.abs(apart - 0.5)).toBeLessThan(blur(200));
});

describe("unlocking a device", () => {
  const parameters = newKdfParameters();
  const aad = new Uint8Array(1);
  const open = (wrapped: Uint8Array<ArrayBuffer>) => (text: string) => async () => {
    const key = await importAes(await derivePassphraseKey(text, parameters));
    return await unwrapBytes(key, aad, wrapped).catch(() => null);
  };

  test(
    "takes the same time for a passphrase that is wrong in its last letter and one that is wrong in all",
    async () => {
      const wrapped = await wrapBytes(await importAes(await derivePassphraseKey(passphrase, parameters)), aad, randomBytes(32));
      expect(await open(wrapped)(passphrase)()).toHaveLength(32);
      const apart = await toldApart(open(wrapped)(`${passphrase.slice(0, -1)}x`), open(wrapped)("x".repeat(passphrase.length)), 14);
      expect(Math.abs(apart - 0.5)).toBeLessThan(blur(14));
    },
    patience,
  );

  test(
    "would be caught by this measure if it compared letter by letter before it stretched",
    async () => {
      const wrapped = await wrapBytes(await importAes(await derivePassphraseKey(passphrase, parameters)), aad, randomBytes(32));
      const leaky = (text: string) => async () => (text.startsWith(passphrase.slice(0, 8)) ? await open(wrapped)(text)() : null);
      expect((await toldApart(leaky(`${passphrase.slice(0, -1)}x`), leaky("x"), 8)) - 0.5).toBeGreaterThan(blur(14));
    },
    patience,
  );
});
