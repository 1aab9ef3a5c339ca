import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Contact, Identity, PersonName, Registration, Section } from "../../shared/summary/summary.ts";
import type { PatientName, PatientRecord, Contact as RecordContact, RegistrationRecord, WishRecord } from "../record/record.ts";
import { coded, codeOf, dateOf, type Fact, type Facts, itemOf, labelOf, newestFirst, withoutRepeats } from "./facts.ts";
import { limited } from "./section.ts";
import { either, foldAcross, textKeys } from "./together.ts";

type PatientFact = Fact<PatientRecord>;

/**
 * Who this is, from the newest basic record (ADT-00, else any message) that says each thing; everything that another message
 * says otherwise stands in `conflicts`, with the hospital that said it.
 */
export function summarizeIdentity(facts: Facts): Identity {
  const best = fullestFirst(facts.of("patient"));
  const birthDate = firstOf(best, (record) => birthOf(record));
  const sex = firstOf(best, (record) => (sexOf(record) === "unknown" ? null : sexOf(record))) ?? "unknown";
  const kanji = firstOf(best, (record) => nameOf(record, "ideographic") ?? nameOf(record, "unknown"));
  const kana = firstOf(best, (record) => nameOf(record, "phonetic"));
  const address = firstOf(best, addressOf) ?? "";
  return {
    kanji,
    kana,
    alphabetic: firstOf(best, (record) => nameOf(record, "alphabetic")),
    birthDate,
    sex,
    address,
    telephones: unique(best.flatMap(({ record }) => record.telecoms.map(({ number }) => number)).filter((number) => number !== "")),
    identifiers: identifiersOf(facts),
    conflicts: conflictsOf(best, facts, { kanji, kana, birthDate, sex }),
  };
}

/** One for each number at each facility, however many ways it was stated in. */
function identifiersOf({ sources }: Facts): Identity["identifiers"] {
  return sources.flatMap(({ facility, pid }, source) =>
    sources.findIndex((other) => other.facility === facility && other.pid === pid) === source ? [{ source, value: pid }] : [],
  );
}

/** ADT-00 before everything else, newest first. */
function fullestFirst(oldestFirst: readonly PatientFact[]): readonly PatientFact[] {
  const newest = oldestFirst.toReversed();
  return [...newest.filter(({ file }) => file.type === "ADT-00"), ...newest.filter(({ file }) => file.type !== "ADT-00")];
}

function firstOf<T>(facts: readonly PatientFact[], read: (record: PatientRecord) => T | null): T | null {
  for (const { record } of facts) {
    const value = read(record);
    if (value !== null) return value;
  }
  return null;
}

function nameOf(record: PatientRecord, representation: PatientName["representation"]): PersonName | null {
  const name = record.names.find((one) => one.representation === representation && one.family + one.given !== "");
  return name ? { family: name.family, given: name.given } : null;
}

/** A day, a month or a year; a time of birth is not kept. */
function birthOf(record: PatientRecord): string | null {
  return dateOf(record.birthDate)?.slice(0, 10) ?? null;
}

const sexes: Readonly<Record<string, Identity["sex"]>> = { M: "male", F: "female", O: "other", A: "other" };
const sexWords: Readonly<Record<Identity["sex"], string>> = { male: "男性", female: "女性", other: "その他", unknown: "不明" };
const sexOf = (record: PatientRecord): Identity["sex"] => sexes[record.sex] ?? "unknown";

function addressOf(record: PatientRecord): string | null {
  const written = record.addresses.filter(({ text }) => text !== "");
  return (written.find(({ kind }) => kind === "home") ?? written[0])?.text ?? null;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

function conflictsOf(
  best: readonly PatientFact[],
  facts: Facts,
  chosen: Pick<Identity, "kanji" | "kana" | "birthDate" | "sex">,
): readonly string[] {
  const said = best.flatMap(({ record, source }) => {
    const from = facts.sources[source]?.name ?? "";
    const kanji = nameOf(record, "ideographic") ?? nameOf(record, "unknown");
    const kana = nameOf(record, "phonetic");
    const birthDate = birthOf(record);
    const sex = sexOf(record);
    return [
      ...(differs(kanji, chosen.kanji) ? [`氏名 ${written(kanji)}（${from}）`] : []),
      ...(differs(kana, chosen.kana) ? [`カナ ${written(kana)}（${from}）`] : []),
      ...(birthDate !== null && birthDate !== chosen.birthDate ? [`生年月日 ${birthDate}（${from}）`] : []),
      ...(sex !== "unknown" && sex !== chosen.sex ? [`性別 ${sexWords[sex]}（${from}）`] : []),
    ];
  });
  return [...new Set(said)].sort();
}

/** Width, spaces and variant kanji make no other person. */
function differs(name: PersonName | null, chosen: PersonName | null): name is PersonName {
  return name !== null && chosen !== null && foldForSearch(written(name)) !== foldForSearch(written(chosen));
}

const written = (name: PersonName): string => [name.family, name.given].filter((part) => part !== "").join(" ");

/** HL70063 where a hospital sends the code alone. */
const relations: Readonly<Record<string, string>> = {
  SEL: "本人",
  SPO: "配偶者",
  DOM: "パートナー",
  CHD: "子",
  NCH: "実子",
  SCH: "継子",
  FCH: "里子",
  GCH: "孫",
  DEP: "被扶養者",
  PAR: "親",
  MTH: "母",
  FTH: "父",
  SIB: "兄弟姉妹",
  BRO: "兄弟",
  SIS: "姉妹",
  GRP: "祖父母",
  EXF: "親族",
  CGV: "介護者",
  GRD: "後見人",
  WRD: "被後見人",
  FND: "友人",
  EMC: "緊急連絡先",
  EMR: "雇用主",
  OTH: "その他",
  NON: "",
  UNK: "",
};

/** Most contacts and most registered facts of one summary. */
const REGISTERED = 60;

/** Contacts (NK1) of the newest basic record of each hospital, and whoever a wish names; the same person with the same number once. */
export function summarizeContacts(facts: Facts, to: string): Section<Contact> {
  const patients = fullestFirst(facts.of("patient"));
  const registered = facts.sources.flatMap((_, source) => {
    const fact = patients.find((one) => one.source === source && one.record.contacts.length > 0);
    return fact === undefined ? [] : fact.record.contacts.map((contact) => contactOf(fact, contact));
  });
  const wished = facts
    .of("wish")
    .filter(({ record }) => record.inForce)
    .flatMap((fact) => fact.record.contacts.map((contact) => contactOf(fact, contact)));
  const ordered = withoutRepeats([...registered, ...newestFirst(wished)]).filter(
    ({ name, telephones }) => name !== "" || telephones.length > 0,
  );
  const items = foldAcross(
    ordered.map((item) => ({ item, keys: textKeys(item.name, ...[...item.telephones].sort()) })),
    sameContact,
  );
  return limited(items, { most: REGISTERED, keep: () => null, dateFor: (item) => item.date, to });
}

function contactOf(fact: Fact<PatientRecord> | Fact<WishRecord>, contact: Pick<RecordContact, "name" | "relation" | "telecoms">): Contact {
  return {
    ...itemOf(fact, fact.record.date),
    name: contact.name,
    relation: relations[contact.relation] ?? contact.relation,
    telephones: unique(contact.telecoms.map(({ number }) => number)),
  };
}

function sameContact(head: Contact, other: Contact): Contact | null {
  const relation = either(head.relation, other.relation);
  return relation === null ? null : { ...head, relation };
}

/** Height, weight, blood group and disability as registered: the newest of each hospital; a blood group here is no crossmatch. */
export function summarizeRegistration(facts: Facts, to: string): Section<Registration> {
  const newest = new Map<string, Fact<RegistrationRecord>>();
  for (const fact of facts.of("registration")) {
    if (fact.record.value.trim() !== "")
      newest.set(JSON.stringify([fact.source, fact.record.what, fact.record.what === "other" ? coded(fact.record.test).text : ""]), fact);
  }
  const measured = [...newest.values()].map((fact): Registration => {
    const { what, test, value, unit } = fact.record;
    return { ...itemOf(fact, fact.record.date), what, text: what === "other" ? `${coded(test).text} ${value}`.trim() : value, unit };
  });
  const patients = fullestFirst(facts.of("patient"));
  const disabilities = facts.sources.flatMap((_, source) => {
    const fact = patients.find((one) => one.source === source && one.record.disabilities.length > 0);
    // HL70334: AP, GT and IN speak of another person's disability.
    const present = fact?.record.disabilities.filter((one) => one.present === "Y" && !/^(?:AP|GT|IN)$/.test(codeOf(one.kind))) ?? [];
    return fact === undefined
      ? []
      : present.map(
          ({ kind }): Registration => ({
            ...itemOf(fact, fact.record.date),
            what: "disability",
            text: /^PT$/.test(labelOf(kind)) ? "あり" : labelOf(kind),
            unit: "",
          }),
        );
  });
  return limited(newestFirst([...measured, ...disabilities]), { most: REGISTERED, keep: () => null, dateFor: (item) => item.date, to });
}
