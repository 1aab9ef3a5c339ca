/** The people of the cases as hospitals register them: the same number, card and address in both forms. */
import { departments, doctors, type Facility, facilities } from "../facilities.ts";
import type { Place } from "../hl7.ts";
import type { Insurance, LocalRecord, Person } from "../people.ts";
import { addDays, ageAt, wide } from "../text.ts";
import type { Case, CaseSource } from "./model.ts";

/** Places among the people of a region that no region reaches, so that the numbers meet nobody's. */
const FIRST_PLACE = 700_002;

/** The n-th case as one hospital knows the person: everything that a writer needs to name them. */
export interface Registered {
  readonly case: Case;
  readonly source: CaseSource;
  readonly person: Person;
  readonly record: LocalRecord;
  readonly facility: Facility;
  /** YYYYMMDD so many days before the cases' day. */
  day(ago: number): string;
  place(department: string, ward?: string): Place;
}

export function registered(one: Case, n: number, source: CaseSource, today: string): Registered {
  const facility = facilities.find(({ mark }) => mark === source.at);
  if (facility === undefined) throw new RangeError(`no facility ${source.at}`);
  const day = (ago: number): string => addDays(today, -ago);
  const { person: who } = one;
  const birth = source.birth ?? (typeof who.born === "number" ? day(who.born) : who.born);
  const index = FIRST_PLACE + 10 * n;
  const sex = source.sex ?? who.sex;
  const person: Person = {
    index,
    role: "",
    sex,
    birth,
    age: ageAt(birth, today),
    postal: "999-0001",
    address: `架空県見本市灯台町${wide(n + 1)}丁目${wide(2 * n + 3)}番${wide(n + 2)}号`,
    telephone: `000-0000-70${String(n + 1).padStart(2, "0")}`,
    mobile: `000-0000-71${String(n + 1).padStart(2, "0")}`,
    contact: {
      family: who.family[0],
      given: who.contact.given[0],
      kana: `${who.family[1]}^${who.contact.given[1]}`,
      relation: who.contact.relation,
    },
    records: [],
  };
  const record: LocalRecord = {
    facility,
    pid: facility.pid(index),
    family: who.family[0],
    given: who.given[0],
    familyKana: who.family[1],
    givenKana: who.given[1],
    birth,
    insurance: cardOf(n, person.age),
    link: "first",
    why: "",
  };
  const own = doctors[facilities.indexOf(facility) % doctors.length] ?? ["D001", "診見", "一郎"];
  const place = (department: string, ward = ""): Place => ({
    department: departmentOf(department),
    doctor: `${own[0]}^${own[1]}^${own[2]}^^^^^^^L^^^^^I`,
    ward,
  });
  return { case: one, source, person, record, facility, day, place };
}

const further = [
  { code: "11", name: "小児科" },
  { code: "12", name: "産婦人科" },
  { code: "13", name: "救急科" },
];

function departmentOf(name: string): Place["department"] {
  const found = [...departments, ...further].find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`no department ${name}`);
  return found;
}

function cardOf(n: number, age: number): Insurance {
  if (age >= 75)
    return {
      kind: ["39", "後期高齢者"],
      insurer: "39990011",
      insurerName: "架空県後期高齢者医療広域連合",
      symbol: "",
      number: String(70000001 + n),
      branch: "",
      relation: ["SEL", "本人"],
    };
  return {
    kind: ["C0", "国民健康保険"],
    insurer: "990011",
    insurerName: "架空県見本市",
    symbol: "見灯70",
    number: String(700001 + n),
    branch: age < 20 ? "02" : "00",
    relation: age < 20 ? ["CHD", "子"] : ["SEL", "本人"],
  };
}
