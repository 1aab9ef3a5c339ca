import { useState } from "react";
import { ENVELOPE_SECRET_BYTES, envelopeKeys } from "../shared/crypto/envelope.ts";
import { randomBytes } from "../shared/crypto/wrap.ts";
import { type StaffRole, staffRoles } from "../shared/protocol/enrolment.ts";
import { type EnvelopeItem, type EnvelopeList, encodeEnvelopeSecret } from "../shared/protocol/envelope.ts";
import { Button } from "../ui/Button.tsx";
import { Choices } from "../ui/Choices.tsx";
import { envelopeWords } from "../words/console-envelope.ts";
import { useConsole, useLoaded, useTask } from "./context.ts";
import { EnvelopeSheet, type Sheet } from "./EnvelopeSheet.tsx";
import { Failure, PageHead } from "./parts.tsx";
import { when } from "./when.ts";

/** One envelope a site: made, printed, replaced, ended. The secret is made here, put on paper here, and sent nowhere. */
export function Envelopes() {
  const { words, language } = useConsole();
  const said = envelopeWords[language];
  const loaded = useLoaded((api) => api.envelopes.list());
  const [sheet, setSheet] = useState<Sheet | null>(null);
  return (
    <section className="stack">
      <PageHead title={words.tabs.envelopes} lead={said.lead} loaded={loaded} />
      <p className="soft">{said.secret}</p>
      {loaded.value?.sites.length === 0 ? <p className="empty">{said.none}</p> : null}
      <ul className="stack">
        {(loaded.value?.sites ?? []).map((site) => (
          <SiteEnvelope
            key={site.id}
            site={site}
            envelopes={(loaded.value?.envelopes ?? []).filter((each) => each.site === site.id)}
            onChanged={loaded.set}
            onSheet={setSheet}
          />
        ))}
      </ul>
      {sheet === null ? null : <EnvelopeSheet sheet={sheet} onClose={() => setSheet(null)} />}
    </section>
  );
}

interface SiteProps {
  readonly site: EnvelopeList["sites"][number];
  /** Newest first. */
  readonly envelopes: readonly EnvelopeItem[];
  readonly onChanged: (list: EnvelopeList) => void;
  readonly onSheet: (sheet: Sheet) => void;
}

function SiteEnvelope({ site, envelopes, onChanged, onSheet }: SiteProps) {
  const { api, words, language } = useConsole();
  const said = envelopeWords[language];
  const task = useTask();
  const [asked, setAsked] = useState<"make" | "end" | null>(null);
  const [role, setRole] = useState<StaffRole>("physician");
  const current = envelopes.find(({ ended }) => ended === 0) ?? null;
  const make = () =>
    task.run(async () => {
      const secret = randomBytes(ENVELOPE_SECRET_BYTES);
      onChanged(await api.envelopes.put(site.id, role, await envelopeKeys(secret, site.id)));
      onSheet({ siteName: site.name, at: Date.now(), letters: await encodeEnvelopeSecret(secret) });
      setAsked(null);
    });
  const end = () =>
    task.run(async () => {
      onChanged(await api.envelopes.end(site.id));
      setAsked(null);
    });
  return (
    <li className="card stack">
      <span className="card-title">
        <strong>{site.name}</strong>
        <span className={current === null ? "badge badge-warn" : "badge"}>{current === null ? said.absent : said.inForce}</span>
      </span>
      {envelopes.slice(0, 3).map((each) => (
        <p key={each.id} className="soft">
          {said.made} {when(each.created, language)}　{said.by} {each.by}　{words.roles[each.role]}
          {each.ended === 0 ? "" : `　${said.ended} ${when(each.ended, language)}`}
        </p>
      ))}
      {asked === "make" ? (
        <>
          {current === null ? null : <p>{said.renewSure}</p>}
          <Choices
            legend={said.role}
            chosen={[role]}
            choices={staffRoles.map((value) => ({ value, label: words.roles[value] ?? value }))}
            onChange={([next]) => setRole(next ?? role)}
          />
          <div className="row">
            <Button kind="main" disabled={task.busy} onPress={make}>
              {current === null ? said.make : said.renew}
            </Button>
            <Button onPress={() => setAsked(null)}>{said.no}</Button>
          </div>
        </>
      ) : asked === "end" ? (
        <>
          <p>{said.endSure}</p>
          <div className="row">
            <Button kind="main" disabled={task.busy} onPress={end}>
              {said.yes}
            </Button>
            <Button onPress={() => setAsked(null)}>{said.no}</Button>
          </div>
        </>
      ) : (
        <div className="row">
          <Button onPress={() => setAsked("make")}>{current === null ? said.make : said.renew}</Button>
          {current === null ? null : <Button onPress={() => setAsked("end")}>{said.end}</Button>}
        </div>
      )}
      <Failure code={task.error} />
    </li>
  );
}
