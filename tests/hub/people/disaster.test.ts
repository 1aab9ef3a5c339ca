import { beforeAll, describe, expect, it } from "vitest";
import { disastersView, sayStep } from "../../../src/hub/flow/disaster.ts";
import { revokeDevice } from "../../../src/hub/people/devices.ts";
import { currentDisaster, declareDisaster, endDisaster, extendDisaster, listDisasters } from "../../../src/hub/people/disaster.ts";
import { addSite } from "../../../src/hub/people/sites.ts";
import { fromBase64Url, toBase64Url } from "../../../src/shared/bytes.ts";
import { disasterAt, openDisaster } from "../../../src/shared/protocol/orders.ts";
import { codeFrom } from "../../shared/pack/fixture.ts";
import { enrolled, entry, push, registered } from "../routes/device.ts";
import { type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";

const hour = 3_600_000;
const stores = testStores();
let region: TestRegion;
let clinic: string;

const told = async (site: string) => {
  const bytes = await currentDisaster(region.deps.db, site, region.clock.now());
  return bytes === null ? null : await openDisaster(bytes, region.publicKeys);
};
const holds = async (site: string) => {
  const disaster = await told(site);
  return disaster !== null && disasterAt(disaster, site, region.clock.now());
};

describe.each(dialects)("on %s", (dialect) => {
  beforeAll(async () => {
    region = await testRegion(await stores.open(dialect));
    clinic = (await addSite(region.deps, "架空診療所")).id;
  });

  describe("a disaster that the operator declares", () => {
    it("holds for its sites alone, and ends by itself", async () => {
      expect(await told(region.site.id)).toBeNull();
      await declareDisaster(region.deps, { sites: [region.site.id], hours: 2, words: "架空県南部地震" }, "運用 太郎");
      expect([await holds(region.site.id), await holds(clinic)]).toEqual([true, false]);
      region.clock.time += 2 * hour;
      expect(await holds(region.site.id)).toBe(false);
    });

    it("ends early by a later word that devices hear, and is not ended twice", async () => {
      const id = await declareDisaster(region.deps, { sites: ["*"], hours: 72, words: "架空川の氾濫" }, "運用 太郎");
      const before = await told(clinic);
      expect([await holds(region.site.id), await holds(clinic)]).toEqual([true, true]);
      region.clock.time += hour;
      await endDisaster(region.deps, id, "運用 次郎");
      const after = await told(clinic);
      expect(await holds(clinic)).toBe(false);
      expect(after?.seq).toBeGreaterThan(before?.seq ?? 0);
      expect(after?.id).toEqual(before?.id);
      expect(await codeFrom(endDisaster(region.deps, id, "運用 次郎"))).toBe("bad-request");
      expect((await listDisasters(region.deps.db))[0]).toMatchObject({ id, declaredBy: "運用 太郎", endedBy: "運用 次郎" });
    });

    it("that ended does not hide another that still runs", async () => {
      const wide = await declareDisaster(region.deps, { sites: ["*"], hours: 72, words: "架空県南部地震" }, "運用 太郎");
      region.clock.time += hour;
      const narrow = await declareDisaster(region.deps, { sites: [clinic], hours: 1, words: "停電" }, "運用 太郎");
      // The one that holds longest: a device that goes out of reach now must not fall out of it when the short one is over.
      expect((await told(clinic))?.words).toBe("架空県南部地震");
      region.clock.time += 2 * hour;
      expect((await told(clinic))?.words).toBe("架空県南部地震");
      expect(await holds(clinic)).toBe(true);
      await endDisaster(region.deps, wide, "運用 太郎");
      expect(await codeFrom(endDisaster(region.deps, narrow, "運用 太郎"))).toBe("bad-request");
    });

    it("that lapses or ends beside a longer one never leaves a device with a lower sequence, which it refuses", async () => {
      const heard: number[] = [];
      const listen = async () => heard.push((await told(clinic))?.seq ?? 0);
      const long = await declareDisaster(region.deps, { sites: ["*"], hours: 72, words: "架空県南部地震" }, "運用 太郎");
      await listen();
      await declareDisaster(region.deps, { sites: [clinic], hours: 1, words: "停電" }, "運用 太郎");
      await listen();
      region.clock.time += 2 * hour;
      await listen();
      const ended = await declareDisaster(region.deps, { sites: [clinic], hours: 5, words: "断水" }, "運用 太郎");
      await listen();
      await endDisaster(region.deps, ended, "運用 次郎");
      await listen();
      expect(await holds(clinic)).toBe(true);
      const longer = await declareDisaster(region.deps, { sites: [clinic], hours: 200, words: "架空川の氾濫" }, "運用 太郎");
      await listen();
      await endDisaster(region.deps, longer, "運用 次郎");
      await listen();
      expect((await told(clinic))?.words).toBe("架空県南部地震");
      await endDisaster(region.deps, long, "運用 次郎");
      await listen();
      expect(await holds(clinic)).toBe(false);
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
      const listed = await listDisasters(region.deps.db);
      expect(listed.find(({ id }) => id === long)).toMatchObject({ declaredBy: "運用 太郎", endedBy: "運用 次郎" });
      expect(listed.find(({ words }) => words === "停電")).toMatchObject({ endedBy: "" });
    });

    it("goes on under its own id when it is extended, and is not extended once it is over or beyond thirty days", async () => {
      const id = await declareDisaster(region.deps, { sites: [clinic], hours: 1, words: "長い停電" }, "運用 太郎");
      await extendDisaster(region.deps, id, 48, "運用 次郎");
      region.clock.time += 2 * hour;
      expect((await told(clinic))?.id).toEqual(fromBase64Url(id));
      expect(await holds(clinic)).toBe(true);
      expect((await listDisasters(region.deps.db)).find((item) => item.id === id)).toMatchObject({ declaredBy: "運用 太郎", endedBy: "" });
      expect(await codeFrom(extendDisaster(region.deps, id, 24 * 31, "運用 次郎"))).toBe("bad-request");
      expect(await codeFrom(extendDisaster(region.deps, id, 1, "運用 次郎"))).toBe("bad-request");
      await endDisaster(region.deps, id, "運用 三郎");
      expect((await listDisasters(region.deps.db)).find((item) => item.id === id)?.endedBy).toBe("運用 三郎");
      expect(await codeFrom(extendDisaster(region.deps, id, 72, "運用 次郎"))).toBe("bad-request");
    });

    it("for nobody, without words, without an end, or for a site nobody knows is refused", async () => {
      const declare = (change: object) =>
        codeFrom(declareDisaster(region.deps, { sites: ["*"], hours: 1, words: "訓練", ...change }, "運用 太郎"));
      expect(await declare({ sites: [] })).toBe("bad-request");
      expect(await declare({ words: " " })).toBe("bad-request");
      expect(await declare({ hours: 24 * 31 })).toBe("bad-request");
      expect(await declare({ hours: 0 })).toBe("bad-request");
      expect(await declare({ sites: ["NOWHERE1"] })).toBe("not-found");
    });
  });

  describe("the way back to normal", () => {
    it("starts when the disaster is over, is open until the hub sees each step, and keeps who said what it cannot see", async () => {
      const id = await declareDisaster(region.deps, { sites: [clinic], hours: 1, words: "停電" }, "運用 太郎");
      const stepsOf = async () =>
        (await disastersView(region.deps.db, region.clock)).disasters
          .find(({ item }) => item.id === id)
          ?.steps.map(({ step, state, by }) => [step, state, by]);
      expect(await stepsOf()).toEqual([]);
      region.clock.time += 2 * hour;
      expect(await stepsOf()).toEqual([
        ["envelope", "done", ""],
        ["journal", "done", ""],
        ["notes", "open", ""],
        ["epoch", "open", ""],
        ["review", "done", ""],
      ]);
      await sayStep(region.deps, { id, site: clinic, step: "notes", note: "3件を転記" }, "運用 次郎");
      // A person's word does not stand for what the hub sees by itself.
      await sayStep(region.deps, { id, site: clinic, step: "epoch", note: "" }, "運用 次郎");
      expect((await stepsOf())?.slice(2, 4)).toEqual([
        ["notes", "said", "運用 次郎"],
        ["epoch", "open", "運用 次郎"],
      ]);
      expect(await codeFrom(sayStep(region.deps, { id: "unknown", site: clinic, step: "notes", note: "" }, "運用 次郎"))).toBe("not-found");
    });

    it("is not reached by revoking the device on which envelope and glass were broken", async () => {
      const id = await declareDisaster(region.deps, { sites: [region.site.id], hours: 1, words: "津波" }, "運用 太郎");
      const device = await enrolled(region);
      const staff = await registered(device, "見本 次郎");
      await push(device, [await entry(device, "envelope", { staff }), await entry(device, "open-strip", { staff })]);
      region.clock.time += 2 * hour;
      await revokeDevice(region.deps, toBase64Url(device.id), "運用 太郎");
      const steps = (await disastersView(region.deps.db, region.clock)).disasters.find(({ item }) => item.id === id)?.steps ?? [];
      const stateOf = (name: string) => steps.find(({ step }) => step === name)?.state;
      expect([stateOf("envelope"), stateOf("review")]).toEqual(["open", "open"]);
    });
  });
});
