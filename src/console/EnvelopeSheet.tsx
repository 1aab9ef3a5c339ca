import "./envelope.css";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Qr } from "../ui/Qr.tsx";
import { envelopeWords } from "../words/console-envelope.ts";
import { useConsole } from "./context.ts";
import { when } from "./when.ts";

export interface Sheet {
  readonly siteName: string;
  readonly at: number;
  /** As printed, with hyphens. */
  readonly letters: string;
}

/** One A4 page for the safe. What it shows is nowhere else: closing forgets it. */
export function EnvelopeSheet({ sheet, onClose }: { readonly sheet: Sheet; readonly onClose: () => void }) {
  const { language } = useConsole();
  const said = envelopeWords[language];
  const rows = sheet.letters.match(/.{1,20}(?:-|$)/g) ?? [];
  return (
    <Dialog title={said.sheet} closeWord={said.printed} onClose={onClose}>
      <p>{said.once}</p>
      <Button kind="main" onPress={() => window.print()}>
        {said.print}
      </Button>
      <article className="envelope-sheet">
        <h3>
          灯 {said.sheet}
          <span>{sheet.siteName}</span>
        </h3>
        <p>
          {said.site}: {sheet.siteName}　{said.date}: {when(sheet.at, language)}
        </p>
        <div className="envelope-secret">
          <Qr text={sheet.letters.replaceAll("-", "")} label={said.qr} />
          <div>
            <p>{said.letters}</p>
            {rows.map((row) => (
              <p key={row} className="code">
                {row}
              </p>
            ))}
          </div>
        </div>
        <h4>{said.what}</h4>
        <ul>
          <li>{said.what1}</li>
          <li>{said.what2}</li>
        </ul>
        <h4>{said.steps}</h4>
        <ol>
          <li>{said.step1}</li>
          <li>{said.step2}</li>
          <li>{said.step3}</li>
          <li>{said.step4}</li>
        </ol>
        <p>{said.keep}</p>
        <p>{said.old}</p>
      </article>
    </Dialog>
  );
}
