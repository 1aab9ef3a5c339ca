import { useConsole, useLoaded } from "./context.ts";
import { Fact, PageHead } from "./parts.tsx";
import { when } from "./when.ts";

const kinds = ["hot", "yj", "byomei", "jlac10", "jfagy"] as const;

/** Code masters and danger rules in force. A master that is missing says so: then its codes are not checked. */
export function Tables() {
  const { words, language } = useConsole();
  const loaded = useLoaded((api) => api.tables());
  const { value } = loaded;
  const said = words.tables;
  return (
    <section className="stack">
      <PageHead title={words.tabs.tables} lead={said.lead} loaded={loaded} />
      {value === null ? null : (
        <ul className="stack">
          {kinds.map((kind) => {
            const master = value.masters.find((one) => one.kind === kind);
            return (
              <li key={kind} className="card">
                <span className="card-title">
                  <strong>{said.kinds[kind]}</strong>
                </span>
                {master === undefined ? (
                  <p>
                    <span className="badge badge-warn">{said.missing}</span>
                  </p>
                ) : (
                  <dl className="facts">
                    <Fact name={said.date}>{master.date}</Fact>
                    <Fact name={said.taken}>
                      {master.taken} / {master.read}
                    </Fact>
                    <Fact name={said.file}>{master.file}</Fact>
                    <Fact name={said.imported}>{when(master.imported, language)}</Fact>
                  </dl>
                )}
              </li>
            );
          })}
          <li className="card">
            <span className="card-title">
              <strong>{said.rules}</strong>
            </span>
            <dl className="facts">
              <Fact name={said.version}>{value.rules.version}</Fact>
              <Fact name={said.day}>{value.rules.date}</Fact>
            </dl>
          </li>
        </ul>
      )}
    </section>
  );
}
