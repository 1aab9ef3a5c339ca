import "./paper.css";
import "./form.css";
import { type FormKind, formCode, formIdText } from "../../shared/protocol/paper.ts";
import type { Identity, Source } from "../../shared/summary/summary.ts";
import { Qr } from "../../ui/Qr.tsx";
import { Unbroken } from "../../ui/Unbroken.tsx";
import { formsEn } from "../../words/forms-en.ts";
import { type FormsWords, formsJa } from "../../words/forms-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { nameText, useWho } from "../chart/Who.tsx";

export interface FormFacts {
  readonly printedAt: string;
  readonly by: string;
  readonly site: string;
  readonly device: string;
  /** Number of the entry that it was printed; "" before it is. */
  readonly entry: string;
}

/** Whose form it is: as the person's own page says it. */
export interface FormPerson {
  readonly identity: Identity;
  readonly sources: readonly Source[];
}

interface FormProps {
  readonly kind: FormKind;
  /** null: not printed yet. */
  readonly id: string | null;
  readonly person: FormPerson | null;
  readonly facts: FormFacts;
}

type Word = keyof FormsWords;
const hours = 8;
const vitals = [
  "pressure",
  "pulse",
  "breathing",
  "saturation",
  "oxygen",
  "temperature",
  "awake",
  "pupils",
  "glucose",
  "urine",
  "infusion",
] as const satisfies readonly Word[];
const features = [
  "label",
  "age",
  "found",
  "brought",
  "state",
  "body",
  "marks",
  "clothes",
  "allergyAsked",
  "contact",
  "identified",
  "identifiedHow",
] as const satisfies readonly Word[];
/** Columns of a list, and how many empty lines one page holds. */
const lists = {
  orders: { columns: ["time", "order", "urgent", "orderedBy", "takenBy", "doneBy"], lines: 14 },
  given: { columns: ["time", "drug", "amount", "route", "givenBy", "checkedBy", "remark"], lines: 14 },
  shift: { columns: ["name", "ageSex", "number", "complaint", "place", "formNumber"], lines: 16 },
} as const satisfies Partial<Record<FormKind, { readonly columns: readonly Word[]; readonly lines: number }>>;
/** About somebody whose name is on the form, or is still to be written there. */
const aboutOne: ReadonlySet<FormKind> = new Set(["course", "orders", "given"]);

/** One A4 page to write on, with a number of its own that a camera can read. */
export function FormSheet({ kind, id, person, facts }: FormProps) {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  return (
    <section className={`sheet form form-${kind}`}>
      <header className="paper-head">
        <div className="paper-who">
          <h2>{t(`formKind.${kind}`)}</h2>
          <p>
            {facts.site} <span className="form-blank">{t("date")}</span>
          </p>
          {aboutOne.has(kind) ? <FormWho person={person} /> : null}
        </div>
        <div className="paper-code form-code">
          {id === null ? null : <Qr text={formCode(id)} label={t("formCodeIs")} />}
          <p>
            {t("formId")} <strong className="form-id">{id === null ? t("formNoId") : formIdText(id)}</strong>
          </p>
          <p>{t("formCodeIs")}</p>
        </div>
      </header>
      <div className="form-body">{kind === "course" ? <Course /> : kind === "unknown" ? <Features /> : <List kind={kind} />}</div>
      <footer className="paper-foot">
        <p>
          {facts.entry === "" ? null : <span className="pair">{t("formPrinted", { at: facts.printedAt, by: facts.by })}</span>}{" "}
          <span className="pair">{facts.device}</span>{" "}
          {facts.entry === "" ? null : <span className="pair">{t("formEntry", { number: facts.entry })}</span>}
        </p>
        <p>{t("formAfter")}</p>
      </footer>
    </section>
  );
}

/** Two identifiers, printed or to be written. */
function FormWho({ person }: Pick<FormProps, "person">) {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  const who = useWho();
  if (person === null) {
    return (
      <>
        <p>
          <span className="form-blank form-long">{t("name")}</span> <span className="form-blank form-long">{t("kana")}</span>
        </p>
        <p>
          <span className="form-blank form-long">{t("birth")}</span>{" "}
          <span className="pair">
            {t("sex")} □ {t("male")} □ {t("female")}
          </span>{" "}
          <span className="form-blank">{t("number")}</span>
        </p>
      </>
    );
  }
  const { identity, sources } = person;
  return (
    <>
      <p className="form-name">
        <strong>{who.name(identity)}</strong> {nameText(identity.kanji) === "" ? "" : who.kana(identity)}
      </p>
      <p className="paper-born">
        <strong className="pair">{who.birth(identity.birthDate)}</strong> <strong className="pair">{who.sex(identity.sex)}</strong>
      </p>
      <p>
        {identity.identifiers.map(({ source, value }) => (
          <span className="pair" key={`${source} ${value}`}>
            {sources[source]?.name ?? ""} <Unbroken text={value} />
          </span>
        ))}
      </p>
    </>
  );
}

function Course() {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  const columns = Array.from({ length: hours }, (_, at) => at);
  const line = (word: Word) => (
    <tr key={word} className={`form-${word}`}>
      <th scope="row">{t(word)}</th>
      {columns.map((at) => (
        <td key={at} />
      ))}
    </tr>
  );
  return <table>{<tbody>{["time" as const, ...vitals, "treatment" as const, "writer" as const].map(line)}</tbody>}</table>;
}

function Features() {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  return (
    <table>
      <tbody>
        {features.map((word) => (
          <tr key={word}>
            <th scope="row">{t(word)}</th>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function List({ kind }: { readonly kind: keyof typeof lists }) {
  const { t } = useMoreWords("forms", formsJa, formsEn);
  const { columns, lines } = lists[kind];
  return (
    <table>
      <thead>
        <tr>
          {columns.map((word) => (
            <th scope="col" key={word} className={`form-${word}`}>
              {t(word)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: lines }, (_, at) => at).map((at) => (
          <tr key={at}>
            {columns.map((word) => (
              <td key={word} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
