import { useId, useState } from "react";
import { type ConsentPreview, importEffects } from "../shared/protocol/consent.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Sure } from "./Consent.tsx";
import { saying } from "./ConsentHistory.tsx";
import { useConsole, useTask } from "./context.ts";
import { Fact, Failure } from "./parts.tsx";

interface Chosen {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly preview: ConsentPreview;
}

/** A file: first what it would change, then the import, then the way back. */
export function ConsentImport({ onChanged }: { readonly onChanged: () => void }) {
  const { api, words } = useConsole();
  const { consent } = words;
  const task = useTask();
  const id = useId();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [partial, setPartial] = useState(false);
  const [batch, setBatch] = useState<string | null>(null);
  const [back, setBack] = useState(false);
  const choose = (file: File | undefined) => {
    setChosen(null);
    setPartial(false);
    setBatch(null);
    setBack(false);
    if (file === undefined) return;
    task.run(async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      setChosen({ name: file.name, bytes, preview: await api.consent.preview(bytes) });
    });
  };
  const take = ({ bytes }: Chosen) =>
    task.run(async () => {
      const done = await api.consent.import(bytes, partial);
      setChosen(null);
      setBatch(done.batch);
      onChanged();
    });
  const undo = (whole: string) =>
    task.run(async () => {
      await api.consent.undo({ batch: whole, facility: "", pid: "" });
      setBatch(null);
      setBack(true);
      onChanged();
    });
  return (
    <section className="stack">
      <h2>{consent.file}</h2>
      <p className="soft">{consent.fileLead}</p>
      <div className="field">
        <label htmlFor={id}>{consent.choose}</label>
        <input
          id={id}
          className="input"
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
      {task.busy ? <p>{consent.previewing}</p> : null}
      <Failure code={task.error} />
      {batch === null ? null : (
        <Notice kind="plain" title={batch === "" ? consent.importedNothing : consent.imported} live>
          {batch === "" ? null : (
            <Sure label={consent.importBack} question={consent.takeBackSure} busy={task.busy} onSure={() => undo(batch)} />
          )}
        </Notice>
      )}
      {back ? <Notice kind="plain" title={consent.importedBack} live /> : null}
      {chosen === null ? null : (
        <>
          <Preview name={chosen.name} preview={chosen.preview} />
          {chosen.preview.refused === 0 ? null : (
            <Choices
              legend={consent.refusals}
              choices={[{ value: "partial", label: consent.partial }]}
              chosen={partial ? ["partial"] : []}
              onChange={(ticked) => setPartial(ticked.length > 0)}
              many
            />
          )}
          <div className="row">
            <Button
              kind="main"
              onPress={() => take(chosen)}
              disabled={task.busy || chosen.preview.taken === 0 || (chosen.preview.refused > 0 && !partial)}
            >
              {consent.doImport}
            </Button>
            <Button onPress={() => setChosen(null)}>{consent.cancel}</Button>
          </div>
        </>
      )}
    </section>
  );
}

function Preview({ name, preview }: { readonly name: string; readonly preview: ConsentPreview }) {
  const { words } = useConsole();
  const { consent } = words;
  const { lines, taken, known, empty, refused } = preview;
  return (
    <>
      <h3>
        {consent.preview}：{name}
      </h3>
      <dl className="facts">
        {Object.entries({ lines, taken, known, empty, refused }).map(([key, count]) => (
          <Fact key={key} name={consent.counts[key as keyof typeof consent.counts]}>
            {count}
          </Fact>
        ))}
      </dl>
      <dl className="facts">
        {importEffects
          .filter((effect) => preview.effects[effect] > 0)
          .map((effect) => (
            <Fact key={effect} name={consent.effects[effect]}>
              {preview.effects[effect]}
            </Fact>
          ))}
      </dl>
      {preview.refusals.length === 0 ? null : (
        <ul className="marks">
          {preview.refusals.map(({ line, reason }) => (
            <li key={line}>
              ▲ {consent.line.replace("{n}", String(line))}：{consent.faults[reason]}
            </li>
          ))}
        </ul>
      )}
      {preview.rows.length === 0 ? null : (
        <ol className="plain-list">
          {preview.rows.map((row) => (
            <li key={row.line}>
              {consent.line.replace("{n}", String(row.line))}：{row.facility}　{row.pid}　{saying(row, consent, [])}　{consent.fromShort}{" "}
              {row.from} <span className="badge">{consent.effects[row.effect]}</span>
            </li>
          ))}
        </ol>
      )}
      {preview.rows.length < taken || preview.refusals.length < refused ? <p className="soft">{consent.more}</p> : null}
    </>
  );
}
