import { useState } from "react";
import type { PolicyBody } from "../shared/protocol/policyJudge.ts";
import { Button } from "../ui/Button.tsx";
import { useConsole, useLoaded } from "./context.ts";
import { filled } from "./filled.ts";
import { PolicyChanges } from "./PolicyChanges.tsx";
import { PolicyForm } from "./PolicyForm.tsx";
import { PolicyView } from "./PolicyView.tsx";
import { PageHead } from "./parts.tsx";
import { when } from "./when.ts";

/** The policy in force in words, its editor, and each one before it with who set it and what it changed. */
export function PolicyPage() {
  const { words, language } = useConsole();
  const said = words.policy;
  const loaded = useLoaded((asked) => asked.sites.policy());
  const [editing, setEditing] = useState<PolicyBody | null>(null);
  const { value } = loaded;
  return (
    <section className="stack">
      <PageHead title={words.tabs.policy} lead={said.lead} loaded={loaded}>
        <Button kind="main" onPress={() => setEditing(value?.current ?? null)} disabled={editing !== null || !value?.current}>
          {said.edit}
        </Button>
      </PageHead>
      {value !== null && value.current === null ? <p className="empty">{said.none}</p> : null}
      {editing !== null && value !== null ? (
        <PolicyForm
          before={editing}
          from={value.history[0]?.seq ?? 0}
          onSigned={(now) => {
            loaded.set(now);
            setEditing(null);
          }}
          onCancel={() => setEditing(null)}
        />
      ) : value?.current ? (
        <PolicyView policy={value.current} />
      ) : null}
      {value === null || value.history.length === 0 ? null : (
        <details className="stack">
          <summary>{said.history}</summary>
          <ul className="plain-list">
            {value.history.map(({ seq, at, by, changes }, i) => (
              <li key={seq} className="card">
                <span className="card-title">
                  <strong>{filled(said.version, { seq })}</strong>
                  <span className="soft">
                    {when(at, language)}　{said.by}：{by === "" ? words.notRecorded : by}
                  </span>
                </span>
                {i === value.history.length - 1 ? <p>{said.first}</p> : <PolicyChanges changes={changes} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
