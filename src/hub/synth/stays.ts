import { stampOn } from "./adt.ts";
import { type Draft, evn, msh, NO_ORDER, pid, pv1, seg } from "./hl7.ts";
import type { LocalRecord, Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Stay } from "./story.ts";
import { addDays } from "./text.ts";

interface Ward {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly from: Random;
  readonly today: string;
}

/**
 * What a stay has beside its beginning and its end: planned admission, another doctor, a night at home, another ward planned and taken,
 * planned discharge. By place, so that each is there within fifty people.
 */
export function movesOf({ person, record, from, today }: Ward, stay: Stay): Draft[] {
  const last = stay.to === "" ? addDays(today, -1) : stay.to;
  const draft = (
    type: string,
    day: string,
    more: { evn?: string; pv1?: Readonly<Record<number, string>>; pv2?: string },
    on = day,
  ): Draft => {
    const stamp = stampOn(on, from);
    const fields = { 17: stay.place.doctor, ...more.pv1 };
    const segments = [
      msh(record, type, stamp),
      more.evn ?? evn(stamp),
      pid(person, record, false),
      pv1(stay.place, fields),
      ...(more.pv2 ? [more.pv2] : []),
    ];
    return { day, type, order: NO_ORDER, stamp, department: stay.place.department.code, flag: "1", segments };
  };
  const happened = (day: string, hour: string): string => seg("EVN", { 2: `${day}${hour}`, 6: `${day}${hour}`, 7: "SEND001" });
  const turn = Math.floor(person.index / 2) % 3;
  const drafts = [draft("ADT-21", stay.from, { pv2: seg("PV2", { 8: `${stay.from}1000` }) }, addDays(stay.from, -from.int(3, 20)))];
  const middle = addDays(stay.from, 2);
  if (middle < last && turn === 0) {
    const moved = { 3: stay.place.ward.replace(/^[^^]+/, from.pick(record.facility.wards)).concat("^^^N"), 6: `${stay.place.ward}^^^N` };
    drafts.push(draft("ADT-41", middle, { pv1: moved, pv2: seg("PV2", { 8: `${middle}1400` }) }, addDays(middle, -1)));
    drafts.push(draft("ADT-42", middle, { evn: happened(middle, "1405"), pv1: moved }));
  }
  if (middle < last && turn === 1) {
    drafts.push(draft("ADT-31", middle, { evn: happened(middle, "1300"), pv2: seg("PV2", { 47: addDays(middle, 1) }) }));
    if (addDays(middle, 1) < last) drafts.push(draft("ADT-32", addDays(middle, 1), { evn: happened(addDays(middle, 1), "1700") }));
  }
  if (turn === 2) drafts.push({ ...draft("ADT-01", "-", { evn: happened(stay.from, "0900") }, stay.from) });
  const leaves = stay.to === "" ? addDays(today, from.int(2, 9)) : stay.to;
  drafts.push(draft("ADT-51", leaves, { pv1: { 44: `${stay.from}1000` }, pv2: seg("PV2", { 9: `${leaves}1000` }) }, addDays(last, -1)));
  return drafts;
}
