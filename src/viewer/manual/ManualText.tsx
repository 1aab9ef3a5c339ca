import "./manual.css";
import { manualEn } from "../../words/manual-en.ts";
import { manualJa } from "../../words/manual-ja.ts";
import { useMoreWords } from "../../words/react.ts";
import { type ManualName, manuals, manualVersion } from "./pages.ts";

/** One manual, as it stands on the screen and on the wall. */
export function ManualText({ name }: { readonly name: ManualName }) {
  const { t, language } = useMoreWords("manual", manualJa, manualEn);
  const { title, lead, parts, pictures } = manuals[name];
  return (
    <>
      <h2 className="manual-title">{t(title)}</h2>
      <p className="manual-lead">{t(lead)}</p>
      <div className="manual-parts">
        {parts.map((part) => {
          const lines = part.lines.map((line) => <li key={line}>{t(line)}</li>);
          return (
            <section key={part.title}>
              <h3>{t(part.title)}</h3>
              {part.steps ? <ol>{lines}</ol> : <ul>{lines}</ul>}
            </section>
          );
        })}
      </div>
      <div className="manual-pictures" aria-hidden="true">
        {pictures.map((picture) => (
          <img key={picture} src={`/manual/${picture}-${language}.webp`} alt="" width={390} height={700} />
        ))}
      </div>
      <p className="manual-version">{t("manualVersion", manualVersion)}</p>
    </>
  );
}
