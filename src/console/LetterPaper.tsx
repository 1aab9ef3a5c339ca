import type { ReactNode } from "react";
import type { Letter, LetterLanguage } from "../shared/protocol/review.ts";
import { letterEn, letterJa } from "../words/console-letter.ts";
import { named } from "./named.ts";
import { when } from "./when.ts";

interface PaperProps {
  readonly letter: Letter;
  readonly language: LetterLanguage;
  /** ms: the day that stands on it. */
  readonly day: number;
}

/** One A4 sheet in the patient's language, whatever the language of the console. Every value is text. */
export function LetterPaper({ letter, language, day }: PaperProps) {
  const said = language === "ja" ? letterJa : letterEn;
  const { contact } = letter;
  const role = Object.hasOwn(said.roles, letter.role) ? named(said.roles, letter.role) : said.otherRole;
  const stated = letter.reasons.map((reason) => reason[language] || said.otherReason);
  const reasons = [...new Set(stated.length === 0 ? [said.otherReason] : stated)];
  const [began, ended] = [when(letter.opened, language), when(letter.until, language)];
  return (
    <section className={letter.ready ? "letter" : "letter letter-unready"} lang={language}>
      <p className="letter-day">
        {said.issued} {when(day, language).slice(0, 10)}
        <br />
        {said.number} {letter.review.slice(0, 8)}
      </p>
      <p className="letter-to">
        {letter.person} {said.to}
      </p>
      <p className="letter-from">{contact.sender === "" ? <Missing words={said.missing} /> : contact.sender}</p>
      <h2>{said.title}</h2>
      <p>{said.greeting}</p>
      <h3>{said.what}</h3>
      <dl className="letter-facts">
        <Line name={said.when}>
          {began}
          {ended === began ? "" : ` ${said.until} ${ended.slice(0, -5) === began.slice(0, -5) ? ended.slice(-5) : ended}`}
        </Line>
        <Line name={said.where}>{letter.site || said.unknown}</Line>
        <Line name={said.who}>
          {role}
          {letter.staff === "" ? "" : `　${letter.staff}`}
        </Line>
        <Line name={said.why}>
          {reasons.map((reason) => (
            <span key={reason} className="letter-line">
              {reason}
            </span>
          ))}
        </Line>
        <Line name={said.seen}>
          {letter.seen.length === 0 ? said.unknown : null}
          {letter.seen.map((seen) => (
            <span key={seen} className="letter-line">
              {said.seenIs[seen]}
            </span>
          ))}
        </Line>
      </dl>
      <p>{said.checked}</p>
      <h3>{said.rightsTitle}</h3>
      <ul className="letter-rights">
        {said.rights.map((right) => (
          <li key={right}>{right}</li>
        ))}
      </ul>
      <h3>{said.contact}</h3>
      {letter.ready ? (
        <p className="letter-contact">
          {contact.sender}　{contact.department}
          <br />
          {said.telephone} {contact.telephone}　（{said.hours} {contact.hours}）
        </p>
      ) : (
        <p className="letter-contact">
          <Missing words={said.missing} />
        </p>
      )}
    </section>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="letter-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Missing({ words }: { readonly words: string }) {
  return <strong className="letter-missing">{words}</strong>;
}
