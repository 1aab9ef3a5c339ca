import { useEffect, useState } from "react";
import type { Letter as LetterFacts, LetterLanguage, ReviewItem } from "../shared/protocol/review.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Notice } from "../ui/Notice.tsx";
import { letterEn, letterJa } from "../words/console-letter.ts";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { LetterPaper } from "./LetterPaper.tsx";
import { Failure } from "./parts.tsx";
import { when } from "./when.ts";
import "./letter.css";

interface LetterProps {
  readonly item: ReviewItem;
  readonly onBack: () => void;
}

/**
 * The patient's letter: seen first, then printed, and its printing recorded before the paper comes out. The browser's own print command gives
 * a sheet that says so: what was not recorded is not printed.
 */
export function Letter({ item, onBack }: LetterProps) {
  const { api, words, language: mine } = useConsole();
  const said = words.letter;
  const loaded = useLoaded((asked) => asked.review.letter(item.id));
  const task = useTask();
  const [language, setLanguage] = useState<LetterLanguage>("ja");
  const letter = loaded.value;

  useEffect(() => {
    const done = () => delete document.documentElement.dataset.print;
    window.addEventListener("afterprint", done);
    return () => {
      window.removeEventListener("afterprint", done);
      done();
    };
  }, []);

  const print = () =>
    task.run(async () => {
      loaded.set(await api.review.printLetter(item.id, language));
      document.documentElement.dataset.print = "letter";
      window.print();
    });

  return (
    <article className="stack">
      <div className="no-print stack">
        <div>
          <Button kind="quiet" onPress={onBack}>
            {said.back}
          </Button>
        </div>
        <h1>{words.review.letter}</h1>
        <p>{said.lead}</p>
        <p className="soft">{said.before}</p>
        <Choices
          legend={said.language}
          choices={[
            { value: "ja", label: letterJa.name },
            { value: "en", label: letterEn.name },
          ]}
          chosen={[language]}
          onChange={([chosen]) => setLanguage(chosen ?? language)}
        />
        <Failure code={loaded.error} />
        <Failure code={task.error} />
        {letter === null ? null : (
          <>
            {letter.ready ? null : <Notice kind="warn" title={said.cannot} />}
            {item.own ? <Notice kind="warn" title={words.review.own} /> : null}
            <div className="row">
              <Button kind="main" onPress={print} disabled={task.busy || !letter.ready || item.own}>
                {said.print}
              </Button>
            </div>
            <Printed letter={letter} title={said.printed} language={mine} />
          </>
        )}
      </div>
      {letter === null ? null : (
        <>
          <LetterPaper letter={letter} language={language} day={Date.now()} />
          <p className="paper-only">{said.paperOnly}</p>
        </>
      )}
    </article>
  );
}

function Printed({ letter, title, language }: { letter: LetterFacts; title: string; language: LetterLanguage }) {
  if (letter.printed.length === 0) return null;
  return (
    <p className="soft">
      {title}: {letter.printed.map(({ at, by, language: written }) => `${when(at, language)} ${by} (${written})`).join(" / ")}
    </p>
  );
}
