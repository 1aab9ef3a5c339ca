import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { Api } from "../../src/console/api.ts";
import { ConsoleContext } from "../../src/console/context.ts";
import { LetterPaper } from "../../src/console/LetterPaper.tsx";
import { Review } from "../../src/console/Review.tsx";
import { ReportPaper } from "../../src/console/ReviewReport.tsx";
import { RuleTable } from "../../src/console/ReviewRules.tsx";
import { ReviewGroups } from "../../src/console/Reviews.tsx";
import type { Letter, ReviewItem } from "../../src/shared/protocol/review.ts";
import type { ReviewReport } from "../../src/shared/protocol/reviewReport.ts";
import { reviewRuleIds, reviewRules, unjudgedWhys } from "../../src/shared/protocol/reviewRules.ts";
import { consoleWords, type Language } from "../../src/words/console.ts";
import { letterEn, letterJa } from "../../src/words/console-letter.ts";

const at = Date.UTC(2026, 10, 20, 13, 5);
const hostile = ["__proto__", "constructor", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u202eevil"];
const escaped = (word: string) => word.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const drawn = (page: ReactNode, language: Language = "ja") =>
  renderToStaticMarkup(
    <ConsoleContext value={{ api: {} as Api, words: consoleWords[language], language, failed: () => undefined }}>{page}</ConsoleContext>,
  );
const noop = () => undefined;

const item = (change: Partial<ReviewItem> = {}): ReviewItem => ({
  id: "r1",
  kind: "opening",
  opened: at,
  staff: { id: "s1", name: "灯台 一郎", role: "physician" },
  person: { name: "見本 花子", kana: "ミホン ハナコ", birthDate: "1950-01-01", sex: "f" },
  device: { id: "d1", name: "タブレット" },
  site: "灯台病院",
  purpose: "ETREAT",
  steps: [{ kind: "open-strip", at, what: "", reason: "unconscious", note: "" }],
  state: "open",
  note: "",
  reviewer: "",
  decided: 0,
  findings: [
    { rule: "own-family-name", verdict: "holds", why: "" },
    { rule: "no-attendance", verdict: "unjudged", why: "not-due" },
    { rule: "off-shift", verdict: "clear", why: "" },
  ],
  rank: 4,
  lot: false,
  due: true,
  history: [],
  letters: [],
  own: false,
  ...change,
});
const page = (one: ReviewItem, language: Language = "ja") =>
  drawn(<Review item={one} onChanged={noop} onLetter={noop} onBack={noop} />, language);
const list = (items: readonly ReviewItem[]) =>
  drawn(<ReviewGroups loaded={{ value: items, busy: false, error: null, run: noop, set: noop, reload: noop }} onChoose={noop} />);

describe("a review", () => {
  test("shows each rule that holds with its weight and its words, and says which cannot be judged and why: never as nothing found", () => {
    const html = page(item());
    const said = consoleWords.ja.review;
    for (const text of [said.rules["own-family-name"].help, "+4", said.rules["no-attendance"].name, said.whys["not-due"], said.unjudged])
      expect(html).toContain(text);
    expect(page(item({ findings: [{ rule: "no-attendance", verdict: "unjudged", why: "no-data-since" }], rank: 0 }))).toContain(
      said.whys["no-data-since"],
    );
  });

  test("of one's own offers no decision", () => {
    expect(page(item())).toContain(consoleWords.ja.review.decide.accepted);
    const own = page(item({ own: true }));
    expect(own).toContain(consoleWords.ja.review.own);
    expect(own).not.toContain(consoleWords.ja.review.decide.accepted);
    expect(own).not.toContain("<textarea");
  });

  test("keeps every earlier decision and answer in sight", () => {
    const deed = {
      what: "decided",
      state: "question",
      note: "当直表にない",
      reviewer: "甲",
      answeredBy: "",
      at,
      rules: 2,
      rank: 4,
    } as const;
    const html = page(
      item({ state: "question", history: [deed, { ...deed, what: "answered", note: "応援でした", answeredBy: "灯台 一郎" }] }),
    );
    for (const text of ["当直表にない", "応援でした", "甲", "灯台 一郎", consoleWords.ja.review.answerSave]) expect(html).toContain(text);
  });

  test.each(hostile)("with %s in every field hides nothing and runs nothing", (word) => {
    const html = page(
      item({
        staff: { id: word, name: word, role: word },
        person: { name: word, kana: word, birthDate: word, sex: word },
        device: { id: word, name: word },
        site: word,
        purpose: word,
        steps: [{ kind: word, at: Number.MAX_SAFE_INTEGER, what: word, reason: word, note: word }],
        history: [{ what: "decided", state: "question", note: word, reviewer: word, answeredBy: word, at, rules: 1, rank: 1 }],
        letters: [{ at, by: word, language: "ja" }],
      }),
    );
    expect(html).toContain(escaped(word));
    expect(html).not.toMatch(/<script|<img/);
  });
});

describe("the list", () => {
  test("puts what must be reviewed first, by rank or by lot, and an answered question with it; the rest stays in sight", () => {
    const named = (name: string, change: Partial<ReviewItem>): ReviewItem =>
      item({ id: name, person: { name, kana: "", birthDate: "", sex: "" }, ...change });
    const answered = { what: "answered", state: "question", note: "x", reviewer: "甲", answeredBy: "乙", at, rules: 2, rank: 4 } as const;
    const html = list([
      named("必須", {}),
      named("抽出", { rank: 0, findings: [], lot: true }),
      named("回答済", { state: "question", history: [answered] }),
      named("照会", { state: "question", history: [{ ...answered, what: "decided" }] }),
      named("任意", { rank: 0, findings: [], due: false }),
      named("承認", { state: "accepted" }),
    ]);
    const places = ["必須", "抽出", "回答済", "照会<", "任意", "承認<"].map((name) => html.indexOf(`<strong>${name}`));
    expect(places.every((place, i) => place > (places[i - 1] ?? -1))).toBe(true);
    expect(html).toContain(consoleWords.ja.review.lot);
  });

  test("names what concerns no patient by what it is", () => {
    expect(list([item({ kind: "rescue", person: null })])).toContain(`<strong>${consoleWords.ja.review.kinds.rescue}</strong>`);
  });
});

test("the page of rules lists every rule with its weight and words in both languages", () => {
  for (const language of ["ja", "en"] as const) {
    const html = drawn(<RuleTable version={2} />, language);
    for (const rule of reviewRuleIds) {
      const { name, help } = consoleWords[language].review.rules[rule];
      expect(html).toContain(escaped(name).replaceAll("'", "&#x27;"));
      expect(help.length).toBeGreaterThan(10);
    }
    for (const why of unjudgedWhys) expect(consoleWords[language].review.whys[why]).toBeTruthy();
    expect(html.match(/rules-weight/g)).toHaveLength(Object.keys(reviewRules).length);
  }
});

const letter: Letter = {
  review: "4c91bdb5-0000",
  person: "架空 太郎",
  opened: at,
  until: at + 240_000,
  site: "灯台病院 救急外来",
  role: "physician",
  staff: "",
  reasons: [{ ja: "意識がない・話せない", en: "Unconscious or unable to speak" }],
  seen: ["strip", "all"],
  contact: { sender: "架空県協議会", department: "窓口", telephone: "000-0000-0000", hours: "平日" },
  ready: true,
  printed: [],
};
const paper = (change: Partial<Letter>, language: Language = "ja") =>
  drawn(<LetterPaper letter={{ ...letter, ...change }} language={language} day={at} />);

describe("the letter on paper", () => {
  test("says in plain words whom, when, where, by which role, why, how far, whom to ask and what one may do", () => {
    const html = paper({});
    for (const text of [
      "架空 太郎 様",
      "2026-11-20（金）22:05",
      "22:09",
      "灯台病院 救急外来",
      "医師",
      "意識がない・話せない",
      "000-0000-0000",
    ])
      expect(html).toContain(text);
    for (const right of letterJa.rights) expect(html).toContain(right);
    expect(paper({}, "en")).toContain("Unconscious or unable to speak");
    expect(paper({}, "en")).toContain(letterEn.seenIs.all);
  });

  test("without somebody to ask shows a placeholder that cannot be missed, and is marked never to be printed", () => {
    const html = paper({ ready: false, contact: { sender: "", department: "", telephone: "", hours: "" } });
    expect(html.split(letterJa.missing).length - 1).toBe(2);
    expect(html).toContain("letter-unready");
    expect(paper({})).not.toContain("letter-unready");
  });

  test("of an opening that ended another day says that day; of reasons nobody knows one line", () => {
    expect(paper({ until: at + 86_400_000 })).toContain("2026-11-21（土）22:05");
    const unknown = paper({
      reasons: [
        { ja: "", en: "" },
        { ja: "", en: "" },
      ],
    });
    expect(unknown.split(letterJa.otherReason).length - 1).toBe(1);
    expect(paper({ role: "__proto__" })).toContain(letterJa.otherRole);
  });

  test.each(hostile)("with %s for a name, a site or a reason is text", (word) => {
    const contact = { sender: word, department: word, telephone: word, hours: word };
    const html = paper({ person: word, site: word, staff: word, reasons: [{ ja: word, en: word }], contact });
    expect(html).toContain(escaped(word));
    expect(html).not.toMatch(/<script|<img/);
  });
});

describe("the report on paper", () => {
  const count = (name: string) => [{ name, count: 3 }];
  const report = (word: string): ReviewReport => ({
    month: "2026-11",
    made: at,
    rulesVersion: 2,
    openings: 3,
    bySite: count(word),
    byReason: count(word),
    byRole: count(word),
    byPhase: count(word),
    byDay: Array.from({ length: 30 }, (_, i) => ({ name: `2026-11-${i + 1}`, count: i % 3 })),
    byKind: count(word),
    byState: count(word),
    reviews: { items: 3, reviewed: 1, due: 2, dueReviewed: 1, lot: 0, lotReviewed: 0, medianHours: 5, slowestTenthHours: null },
    byRule: reviewRuleIds.map((rule) => ({ rule, holds: 1, clear: 2, unjudged: 0, apart: 0 })),
    alerts: count(word),
    refused: count(word),
    unlockFailures: 4,
    drills: 2,
    drillRecords: 1,
    letters: 0,
  });

  test("tells each drawn number in words too, a share of nothing as a dash, and never rounds a share up to all", () => {
    const html = drawn(<ReportPaper report={report("disaster")} />);
    expect(html).toContain("災害時の診療");
    expect(html).toContain("50 %");
    expect(html).toContain("–");
    expect(html.match(/<th scope="row">2026-11-/g)).toHaveLength(30);
    const almost = { ...report("disaster"), reviews: { ...report("x").reviews, items: 1000, reviewed: 999 } };
    expect(drawn(<ReportPaper report={almost} />)).toContain("99 %");
  });

  test.each(hostile)("with %s for a site, reason or alert is text", (word) => {
    const html = drawn(<ReportPaper report={report(word)} />);
    expect(html).toContain(escaped(word));
    expect(html).not.toMatch(/<script|<img/);
  });
});
