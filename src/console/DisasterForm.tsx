import { useState } from "react";
import type { DisastersAnswer } from "../shared/protocol/consoleDisaster.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Field } from "../ui/Field.tsx";
import { disasterWords } from "../words/console-disaster.ts";
import { useConsole, useTask } from "./context.ts";
import { Failure } from "./parts.tsx";

const hours = [24, 72, 168, 336] as const;

interface FormProps {
  readonly sites: DisastersAnswer["sites"];
  readonly onDone: (answer: DisastersAnswer) => void;
}

/** Words, area, hours, and one question before it is signed. */
export function DisasterForm({ sites, onDone }: FormProps) {
  const { api, language } = useConsole();
  const said = disasterWords[language];
  const task = useTask();
  const [words, setWords] = useState("");
  const [area, setArea] = useState<readonly string[]>(["*"]);
  const [chosen, setChosen] = useState<string>("72");
  const [sure, setSure] = useState(false);
  const declare = () =>
    task.run(async () => {
      const answer = await api.disasters.declare({ words: words.trim(), sites: area, hours: Number(chosen) });
      setWords("");
      setSure(false);
      onDone(answer);
    });
  // The region is every site: choosing one site leaves the region, and the region leaves the sites.
  const choose = (next: readonly string[]) => {
    const added = next.find((each) => !area.includes(each));
    setArea(added === "*" || next.length === 0 ? ["*"] : next.filter((each) => each !== "*"));
  };
  return (
    <section className="card stack">
      <h2>{said.declare}</h2>
      <Field label={said.words} value={words} onChange={setWords} />
      <Choices
        legend={said.area}
        chosen={[...area]}
        choices={[{ value: "*", label: said.region }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={choose}
        many
      />
      <Choices
        legend={said.hours}
        chosen={[chosen]}
        choices={hours.map((each) => ({ value: String(each), label: said.hoursOf(each) }))}
        onChange={([next]) => (next === undefined ? undefined : setChosen(next))}
      />
      <Failure code={task.error} />
      {sure ? (
        <>
          <p>{said.sure}</p>
          <div className="row">
            <Button kind="main" onPress={declare} disabled={task.busy}>
              {said.yes}
            </Button>
            <Button onPress={() => setSure(false)}>{said.no}</Button>
          </div>
        </>
      ) : (
        <div className="row">
          <Button onPress={() => setSure(true)} disabled={words.trim() === ""}>
            {said.declare}
          </Button>
        </div>
      )}
    </section>
  );
}
