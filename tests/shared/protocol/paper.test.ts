import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import {
  entryNumber,
  FORM_ID_BYTES,
  formCode,
  formIdOf,
  formIdText,
  personCode,
  readEntryNumber,
  readFormId,
} from "../../../src/shared/protocol/paper.ts";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const random = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => new Uint8Array(bytes));
const ids = random(FORM_ID_BYTES).map(formIdOf);

test("an id is 26 letters, and is read as it is spoken, typed or printed in groups", () => {
  fc.assert(
    fc.property(ids, (id) => {
      expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
      expect(readFormId(id)).toBe(id);
      expect(readFormId(` ${formIdText(id).toLowerCase()} `)).toBe(id);
      expect(readFormId(id.replaceAll("0", "O").replaceAll("1", "l"))).toBe(id);
      expect(formIdText(id)).toMatch(/^(\w{5}-){4}\w{6}$/);
    }),
  );
});

test("one wrong letter, two neighbours exchanged, a letter too few or too many are never a form", () => {
  fc.assert(
    fc.property(ids, fc.nat(25), fc.integer({ min: 1, max: 31 }), (id, at, by) => {
      const other = letters[(letters.indexOf(id[at] as string) + by) % 32];
      expect(readFormId(id.slice(0, at) + other + id.slice(at + 1))).toBeNull();
      const swapped = id.slice(0, at) + (id[at + 1] ?? "") + id[at] + id.slice(at + 2);
      if (swapped.length === 26 && swapped !== id) expect(readFormId(swapped)).toBeNull();
      expect(readFormId(id.slice(1))).toBeNull();
      expect(readFormId(`${id}0`)).toBeNull();
    }),
    { numRuns: 500 },
  );
  for (const text of ["", "TMSB1", "ＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵＵ"]) expect(readFormId(text)).toBeNull();
});

test("the codes hold an id or a reference and nothing else", () => {
  fc.assert(
    fc.property(random(16), ids, (ref, id) => {
      expect(personCode(toBase64Url(ref))).toMatch(/^TMSB1:P:[\w-]{22}$/);
      expect(formCode(id)).toMatch(/^TMSB1:F:[0-9A-Z]{26}$/);
    }),
  );
});

test("the number of an entry names the start of its chain and its place, however it is typed", () => {
  fc.assert(
    fc.property(random(16), fc.integer({ min: 1, max: 999_999 }), (chain, seq) => {
      const number = entryNumber({ chain: toBase64Url(chain), seq });
      expect(number).toMatch(/^[0-9A-Z]{8}-\d+$/);
      expect(readEntryNumber(number)).toEqual({ start: chain.slice(0, 5), seq });
      expect(readEntryNumber(` ${number.toLowerCase().replace("-", " ー ")} `)).toEqual({ start: chain.slice(0, 5), seq });
    }),
  );
  for (const text of ["", "128", "ABC-1", "7K3D9QM2", "7K3D9QM2-", "7K3D9QMU-3"]) expect(readEntryNumber(text)).toBeNull();
});
