import { expect, test, vi } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { readFormId } from "../../../src/shared/protocol/paper.ts";
import { ending } from "./device.ts";
import { lockedDown, type Place, person, restarted } from "./locked-down.ts";

const last = async ({ device, hub }: Place) => {
  const row = (await device.journal().entries.toArray()).at(-1);
  if (!row) throw new Error("no entry");
  const entry = await parseEntry(row.bytes);
  return { seq: row.seq, kind: entry.header.kind, ...(await openBody(entry.sealedBody, hub.audit, entry.header)) };
};

test("blank forms: an entry that names every id, then rows; each is out until it comes back, also after a restart", async () => {
  const place = await lockedDown({});
  const { forms, entry } = await place.core.printForms(["given", "course"], 2, null);
  expect(forms.map(({ kind }) => kind)).toEqual(["course", "course", "given", "given"]);
  expect(new Set(forms.map(({ id }) => id)).size).toBe(4);
  expect(forms.every(({ id }) => readFormId(id) === id)).toBe(true);
  const said = await last(place);
  expect(said).toMatchObject({ kind: "forms", seq: entry.seq, person: "", staff: "dr1" });
  for (const { id, kind } of forms) expect(said.what).toContain(`${kind} ${id}`);

  const [first, second] = forms;
  expect(await place.core.returnForm(second?.id.toLowerCase() ?? "")).toBe(true);
  const listed = await (await restarted(place)).forms();
  expect(listed.filter(({ returned }) => returned === null)).toHaveLength(3);
  expect(listed.at(-1)).toMatchObject({ id: second?.id, returned: expect.any(Number) });
  expect(listed.find(({ id }) => id === first?.id)).toMatchObject({ bound: false, hit: null, byName: expect.any(String) });
});

test("a person's forms: by a Grant only, as a print of that person; on the disk nobody can read whose they are", async () => {
  const place = await lockedDown({});
  const who = person(place, 0);
  const grant = await place.core.breakGlass(who, "unconscious");
  const { forms } = await place.core.printForms(["course"], 1, grant);
  expect(await last(place)).toMatchObject({ kind: "print", person: who.personRef, what: `forms course ${forms[0]?.id}` });
  expect(forms[0]).toMatchObject({ bound: true, hit: { personRef: who.personRef } });
  const rows = await place.device.journal().forms.toArray();
  expect(JSON.stringify(rows)).not.toContain(who.personRef);
  expect(Buffer.from(rows[0]?.person ?? []).includes(who.personRef)).toBe(false);

  await place.core.endGrant(grant);
  expect(await ending(place.core.printForms(["course"], 1, grant))).toBe("grant-ended");
  expect(await place.core.forms()).toHaveLength(1);
  await place.core.lock();
  expect(await ending(place.core.forms())).toBe("not-unlocked");
});

test("a wrapped person that is copied beside another form says nobody", async () => {
  const place = await lockedDown({});
  const grant = await place.core.breakGlass(person(place, 0), "unconscious");
  await place.core.printForms(["course"], 1, grant);
  const { forms } = await place.core.printForms(["orders"], 1, null);
  const db = place.device.journal();
  const wrapped = (await db.forms.toArray()).find((row) => row.person)?.person;
  await db.forms.update(forms[0]?.id ?? "", { ...(wrapped ? { person: wrapped } : {}) });
  const listed = await place.core.forms();
  expect(listed.find(({ kind }) => kind === "orders")).toMatchObject({ bound: true, hit: null });
});

test("what cannot be written is not printed; a form of another device is said to be none of this one's", async () => {
  const place = await lockedDown({});
  expect(await ending(place.core.printForms(["course", "given"], 26, null))).toBe("too-large");
  const { forms } = await place.core.printForms(["course"], 1, null);
  const other = await lockedDown({});
  expect(await other.core.returnForm(forms[0]?.id ?? "")).toBe(false);
  expect(await other.core.returnForm("no form at all")).toBe(false);
});

test("no entry, no form; an entry whose rows do not fit on the disk prints nothing either, and both are said", async () => {
  const place = await lockedDown({});
  const add = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  try {
    expect(await ending(place.core.printForms(["course"], 1, null))).toBe("journal-write-failed");
    const honest = IDBObjectStore.prototype.put;
    add.mockImplementation(function (this: IDBObjectStore, ...row) {
      if (this.name === "forms") throw new DOMException("full", "QuotaExceededError");
      return honest.apply(this, row);
    });
    expect(await ending(place.core.printForms(["course"], 1, null))).toBe("storage-full");
  } finally {
    add.mockRestore();
  }
  expect(await place.core.forms()).toEqual([]);
});
