import { describe, expect, test } from "vitest";
import { createEnrolment } from "../../../src/hub/people/enrolments.ts";
import { defaultPolicy, setPolicy } from "../../../src/hub/people/policy.ts";
import { addSite } from "../../../src/hub/people/sites.ts";
import { addMember, changeMember } from "../../../src/hub/people/staff.ts";
import { approvalWords, noteWith } from "../../../src/shared/audit/approval.ts";
import { signSponsorship } from "../../../src/shared/audit/sponsorship.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { makeStaffKeys } from "../../../src/shared/crypto/staff.ts";
import { openPackBytes } from "../../../src/shared/pack/open.ts";
import { refOf } from "../publish/fixture.ts";
import { testStores } from "../store/open.ts";
import { open, openEntry, opened, placeIn, refBytes } from "./beyond.ts";
import { entry, newDevice, push, refusal, registered, registerMember, sendEnrol, type TestMember } from "./device.ts";

const stores = testStores();
const place = (people = [1, 2, 3]) => placeIn(stores, people);

describe("an opening beyond the cohort", () => {
  test("brings the parts that were asked for, which open; and no key of the others", async () => {
    const { region, device, member } = await place();
    const last = await openEntry(device, member);
    const found = await opened(device, last, await open(device, last));
    expect(found.packs.map(({ kind }) => kind)).toEqual(["strip"]);
    expect(found.row.p.filter((name) => name !== "")).toEqual(found.packs.map(({ name }) => toBase64Url(name)));
    for (const { kind, name, key, bytes } of found.packs) {
      const owner = { kind, name, key, hubId: region.publicKeys.hub, personRef: refBytes(3) };
      expect(Buffer.from(await openPackBytes(bytes, owner)).toString()).toContain("架空 3郎");
    }
    const rest = await openEntry(device, member, { parts: ["rest"] });
    expect((await opened(device, rest, await open(device, rest, { parts: ["rest"] }))).packs.map(({ kind }) => kind)).toEqual(["rest"]);
  });

  test("may be asked again with its own entry while the grant lasts, and not after", async () => {
    const { region, device, member } = await place();
    const last = await openEntry(device, member);
    await opened(device, last, await open(device, last));
    await opened(device, last, await open(device, last));
    region.clock.time += 61 * 60_000;
    expect(await refusal(await open(device, last))).toBe("region-entry-refused");
  });

  test.each([
    ["for another person than its entry", { person: 2 }, {}],
    ["for more parts than its entry", { parts: ["strip", "rest"] }, {}],
  ] as const)("is refused %s", async (_, asked, declared) => {
    const { device, member } = await place();
    expect(await refusal(await open(device, await openEntry(device, member, declared), asked))).toBe("region-entry-refused");
  });

  test.each([
    ["no reason of the policy", { body: { reason: "curious" } }, "reason-missing"],
    ["a reason that is of one's own patients alone", { body: { reason: "treatment-relation" } }, "reason-missing"],
    ["the consent of somebody who is not of this site's cohort", { body: { reason: "consent-now" } }, "reason-missing"],
    ["an outage of one's own systems", { body: { reason: "outage" } }, "reason-missing"],
    ["a reason of the first phase for the rest", { parts: ["rest"], body: { reason: "unconscious" } }, "reason-missing"],
  ] as const)("is refused with %s", async (_, opening, code) => {
    const { device, member } = await place();
    expect(await refusal(await open(device, await openEntry(device, member, opening), opening))).toBe(code);
  });

  test("of a role goes by the hub's record, whatever the entry claims", async () => {
    const { region, device, member } = await place();
    await changeMember(region.deps, member.id, { role: "paramedic" }, "試験");
    const opening = { parts: ["rest"], body: { role: "physician" } } as const;
    expect(await refusal(await open(device, await openEntry(device, member, opening), opening))).toBe("forbidden");
  });

  test("by keys that a colleague vouches for goes no further than the colleague, whosever name they were given", async () => {
    const { region, device, member } = await place();
    const clerk = await registered(device, "見本 事務");
    await changeMember(region.deps, clerk.id, { role: "clerk" }, "試験");
    const vouched = async (sponsor: TestMember): Promise<TestMember> => {
      const keys = await makeStaffKeys();
      const times = { from: region.clock.time - 1000, until: region.clock.time + 3_600_000 };
      const words = { id: member.id, name: "灯台 一郎", role: "physician", sign: keys.signPublic, seal: keys.sealPublic, ...times };
      const sponsorship = { ...words, device: device.id, sponsor: sponsor.id };
      return { id: member.id, keys, sponsorship: await signSponsorship(sponsorship, sponsor.keys.sign.privateKey) };
    };
    expect(await refusal(await open(device, await openEntry(device, await vouched(clerk))))).toBe("forbidden");
    const physician = await registered(device, "見本 医子");
    const last = await openEntry(device, await vouched(physician));
    expect((await opened(device, last, await open(device, last))).packs.map(({ kind }) => kind)).toEqual(["strip"]);
  });

  test("of protected items that the policy withholds is refused by the hub, whatever the device does", async () => {
    const { region, device, member } = await place();
    await setPolicy(region.deps, { ...defaultPolicy, protected: "withheld" });
    const opening = { parts: ["protected"], body: { reason: "transfer" } } as const;
    expect(await refusal(await open(device, await openEntry(device, member, opening), opening))).toBe("forbidden");
  });

  test("that needs a second person wants the second person's own signed entry, of this person, part and member", async () => {
    const { region, device, member } = await place();
    const second = await registered(device, "見本 花子");
    const roles = { ...defaultPolicy.roles, nurse: { strip: true, rest: true, protected: true } };
    await setPolicy(region.deps, { ...defaultPolicy, roles });
    await changeMember(region.deps, member.id, { role: "nurse" }, "試験");
    const parts = ["protected"] as const;
    const attempt = async (note: string) => {
      const last = await openEntry(device, member, { parts, body: { note, reason: "transfer" } });
      const answer = await open(device, last, { parts });
      return answer.ok ? "opened" : await refusal(answer);
    };
    const approve = async (staff: TestMember, of: { person?: string; for?: string } = {}) => {
      const words = approvalWords({ parts, staff: of.for ?? member.id });
      await push(device, [await entry(device, "second-person", { staff, body: { person: of.person ?? refOf(3), what: words } })]);
      return noteWith(device.head.seq, "");
    };
    expect(await attempt("")).toBe("second-person-needed");
    expect(await attempt(noteWith(1, ""))).toBe("second-person-needed");
    expect(await attempt(await approve(member))).toBe("second-person-needed");
    expect(await attempt(await approve(second, { person: refOf(2) }))).toBe("second-person-needed");
    expect(await attempt(await approve(second, { for: second.id }))).toBe("second-person-needed");
    expect(await attempt(await approve(second))).toBe("opened");
  });

  test("signed by a member of another site is refused on this site's device", async () => {
    const { region, device } = await place();
    const site = await addSite(region.deps, "別の病院");
    const theirs = await newDevice(region);
    expect((await sendEnrol(theirs, (await createEnrolment(region.deps, { site: site.id, preapproved: true })).code)).ok).toBe(true);
    const added = await addMember(region.deps, { site: site.id, name: "試験 太郎", kana: "しけん たろう", role: "physician" });
    const stranger = { id: added.id, keys: await makeStaffKeys() };
    expect((await registerMember(theirs, added, stranger.keys)).ok).toBe(true);
    expect(await refusal(await open(device, await openEntry(device, stranger)))).toBe("region-entry-refused");
  });
});
