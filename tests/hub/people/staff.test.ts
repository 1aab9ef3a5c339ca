import { describe, expect, test } from "vitest";
import { renewStaffCode } from "../../../src/hub/people/staff.ts";
import { staffById } from "../../../src/hub/store/staff.ts";
import { fromUtf8 } from "../../../src/shared/bytes.ts";
import { makeStaffKeys } from "../../../src/shared/crypto/staff.ts";
import { decodeCode32 } from "../../../src/shared/protocol/code32.ts";
import * as enrolment from "../../../src/shared/protocol/enrolment.ts";
import { rosterPath } from "../../../src/shared/protocol/files.ts";
import { openRoster } from "../../../src/shared/protocol/roster.ts";
import * as staff from "../../../src/shared/protocol/staff.ts";
import { ask, bytesOf, enrolled, refusal, registerMember } from "../routes/device.ts";
import { testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";

const stores = testStores();

describe.each(dialects)("staff on %s", (dialect) => {
  test("a member registers keys with a code, and stands in the signed roster", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const member = await region.member("灯台 一郎");
    const keys = await makeStaffKeys();
    const answer = await registerMember(device, member, keys);
    const roster = await openRoster(staff.parseResponse(await bytesOf(answer)), region.publicKeys);
    expect(roster.members).toEqual([
      { id: member.id, name: "灯台 一郎", kana: "とうだい いちろう", role: "physician", sign: keys.signPublic, seal: keys.sealPublic },
    ]);
    const asked = await openRoster(await bytesOf(await ask(device, rosterPath)), region.publicKeys);
    expect(asked.members).toEqual(roster.members);
    expect(asked.seq).toBeGreaterThan(roster.seq);
    const told = enrolment.parseResponse(await bytesOf(await ask(device, enrolment.enrolmentPath)));
    expect(told).toMatchObject({ staff: [{ id: member.id, registered: true }] });
  });

  test("a code works once, for one of several that try at the same moment", async () => {
    const region = await testRegion(await stores.open(dialect));
    const device = await enrolled(region);
    const member = await region.member("灯台 一郎");
    const answers = await Promise.all([registerMember(device, member), registerMember(device, member), registerMember(device, member)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await refusal(await registerMember(device, member))).toBe("staff-code-bad");
  });

  test("a member with keys on two devices stands in the roster once for each", async () => {
    const region = await testRegion(await stores.open(dialect));
    const [one, two] = [await enrolled(region), await enrolled(region)];
    const member = await region.member("灯台 一郎");
    expect((await registerMember(one, member)).ok).toBe(true);
    const { code } = await renewStaffCode(region.deps, member.id);
    const answer = await registerMember(two, { id: member.id, code });
    const { members } = await openRoster(staff.parseResponse(await bytesOf(answer)), region.publicKeys);
    expect(members.map(({ id }) => id)).toEqual([member.id, member.id]);
  });
});

describe("a staff code", () => {
  test("stands in no table in the clear", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const member = await region.member("灯台 一郎");
    const row = await staffById(region.store.db, member.id);
    expect(row?.code).toHaveLength(32);
    const letters = member.code.replace("-", "");
    expect(decodeCode32(`${letters}000000`)).not.toBeNull();
    expect(JSON.stringify(row)).not.toContain(letters);
    expect(() => fromUtf8(new Uint8Array(row?.code ?? []))).toThrow(TypeError);
  });

  test("is taken as people type it", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const device = await enrolled(region);
    const member = await region.member("灯台 一郎");
    const typed = ` ${member.code.toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replace("-", " ")} `;
    expect((await registerMember(device, { ...member, code: typed })).ok).toBe(true);
  });

  test("that is wrong, late or another member's is refused, and tries are slowed", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const device = await enrolled(region);
    const [member, other] = [await region.member("灯台 一郎"), await region.member("見本 花子")];
    expect(await refusal(await registerMember(device, { id: member.id, code: other.code }))).toBe("staff-code-bad");
    expect(await refusal(await registerMember(device, { id: "ZZZZZZZZ", code: other.code }))).toBe("staff-unknown");
    for (let i = 0; i < 4; i++) await registerMember(device, { id: member.id, code: "00000-00000" });
    expect(await refusal(await registerMember(device, member))).toBe("too-many-requests");
    region.clock.time += 7 * 24 * 60 * 60 * 1000;
    expect(await refusal(await registerMember(device, other))).toBe("staff-code-bad");
  });

  test("does not help whoever sends it for other keys or from another device", async () => {
    const region = await testRegion(await stores.open("sqlite"));
    const [device, thief] = [await enrolled(region), await enrolled(region)];
    const member = await region.member("灯台 一郎");
    const [mine, theirs] = [await makeStaffKeys(), await makeStaffKeys()];
    const codeKey = await staff.staffCodeKey(member.code, region.publicKeys.hub, member.id);
    const body = await staff.encodeRequest(
      { id: member.id, sign: mine.signPublic, seal: mine.sealPublic },
      device.id,
      codeKey,
      mine.sign.privateKey,
    );
    const post = { method: "POST", body };
    expect(await refusal(await ask(thief, staff.staffPath, post))).toBe("staff-code-bad");
    const seen = staff.parseRequest(body);
    const swapped = await staff.encodeRequest(
      { id: member.id, sign: theirs.signPublic, seal: theirs.sealPublic },
      device.id,
      seen.code,
      theirs.sign.privateKey,
    );
    expect(await refusal(await ask(device, staff.staffPath, { method: "POST", body: swapped }))).toBe("staff-code-bad");
    const unsigned = await staff.encodeRequest(
      { id: member.id, sign: mine.signPublic, seal: mine.sealPublic },
      device.id,
      codeKey,
      theirs.sign.privateKey,
    );
    expect(await refusal(await ask(device, staff.staffPath, { method: "POST", body: unsigned }))).toBe("bad-request");
    expect(await refusal(await ask(device, staff.staffPath, { ...post, key: "locked" }))).toBe("forbidden");
    expect((await ask(device, staff.staffPath, post)).ok).toBe(true);
  });
});
