import { useCallback, useEffect, useMemo, useState } from "react";
import { codeOf, type ErrorCode } from "../shared/error.ts";
import type { Session } from "../shared/protocol/console.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { consoleWords, type Language } from "../words/console.ts";
import { errorWords } from "../words/errors.ts";
import { Account } from "./Account.tsx";
import { Alerts } from "./Alerts.tsx";
import type { Api } from "./api.ts";
import { Cohorts } from "./Cohorts.tsx";
import { Consent } from "./Consent.tsx";
import { ConsoleContext } from "./context.ts";
import { Disasters } from "./Disasters.tsx";
import { Envelopes } from "./Envelopes.tsx";
import { Identity } from "./Identity.tsx";
import { Notes } from "./Notes.tsx";
import { PolicyPage } from "./PolicyPage.tsx";
import { pagesFor } from "./pagesFor.ts";
import { Readiness } from "./Readiness.tsx";
import { Reviews } from "./Reviews.tsx";
import { SignIn } from "./SignIn.tsx";
import { Sites } from "./Sites.tsx";
import { Tables } from "./Tables.tsx";

const pages = {
  review: Reviews,
  alerts: Alerts,
  sites: Sites,
  cohorts: Cohorts,
  policy: PolicyPage,
  consent: Consent,
  identity: Identity,
  notes: Notes,
  tables: Tables,
  readiness: Readiness,
  disasters: Disasters,
  envelopes: Envelopes,
  account: Account,
} as const;
type Page = keyof typeof pages;
const pageNames = [
  "review",
  "alerts",
  "sites",
  "cohorts",
  "policy",
  "consent",
  "identity",
  "notes",
  "tables",
  "readiness",
  "disasters",
  "envelopes",
  "account",
] as const;

interface AppProps {
  readonly api: Api;
  readonly preferred: Language;
  /** Why a sign-in at the identity provider led back without a session. */
  readonly refused: ErrorCode | null;
}

/** Nothing of what is shown stands in the address, the history or the title. */
export function App({ api, preferred, refused }: AppProps) {
  const [language, setLanguage] = useState<Language>(preferred);
  const [session, setSession] = useState<Session | null | "asking">("asking");
  const [ended, setEnded] = useState<ErrorCode | null>(refused);
  const [page, setPage] = useState<Page>("review");
  const words = consoleWords[language];

  const failed = useCallback((code: ErrorCode) => {
    if (code !== "session-expired" && code !== "unauthorized") return;
    setSession(null);
    setEnded("session-expired");
  }, []);
  const context = useMemo(() => ({ api, words, language, failed }), [api, words, language, failed]);

  const signedIn = useCallback((made: Session) => {
    setEnded(null);
    setPage(pagesFor(pageNames, made.roles)[0] ?? "account");
    setSession(made);
  }, []);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.title;
  }, [language, words]);

  useEffect(() => {
    api.session().then(signedIn, (error: unknown) => {
      setSession(null);
      const code = codeOf(error);
      if (code !== "unauthorized" && code !== "session-expired") setEnded(code);
    });
  }, [api, signedIn]);

  const signOut = () => {
    const leave = (code: ErrorCode | null) => {
      setSession(null);
      setEnded(code);
    };
    api.signOut().then(
      (onward) => (onward === null ? leave(null) : window.location.assign(onward)),
      (error: unknown) => leave(codeOf(error)),
    );
  };
  const Shown = pages[page];

  return (
    <ConsoleContext value={context}>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="bar">
        <p className="bar-name">{words.title}</p>
        <div className="row">
          {session === null || session === "asking" ? null : <span className="bar-who">{session.name}</span>}
          <Button kind="quiet" onPress={() => setLanguage(language === "ja" ? "en" : "ja")}>
            {words.language}
          </Button>
          {session === null || session === "asking" ? null : <Button onPress={signOut}>{words.signOut}</Button>}
        </div>
      </header>
      {session === null || session === "asking" ? null : (
        <nav className="tabs" aria-label={words.pages}>
          {pagesFor(pageNames, session.roles).map((name) => (
            <button
              key={name}
              type="button"
              className="tab"
              aria-current={name === page ? "page" : undefined}
              onClick={() => setPage(name)}
            >
              {words.tabs[name]}
            </button>
          ))}
        </nav>
      )}
      <main id="content" className="content" tabIndex={-1}>
        {ended === null || session !== null ? null : <Notice kind="warn" title={errorWords[ended][language]} live />}
        {session === "asking" ? <p>{words.waiting}</p> : session === null ? <SignIn onSignedIn={signedIn} /> : <Shown key={page} />}
      </main>
    </ConsoleContext>
  );
}
