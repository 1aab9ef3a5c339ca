import {
  type Letter,
  type LetterLanguage,
  type ReviewAnswer,
  type ReviewDecision,
  type ReviewItem,
  type ReviewRulesAnswer,
  type ReviewSettings,
  reviewPaths,
} from "../shared/protocol/review.ts";
import { parseLetter, parseReview, parseReviews, parseRules } from "../shared/protocol/reviewAnswers.ts";
import { parseReport, type ReviewReport } from "../shared/protocol/reviewReport.ts";

/** What the pages about reviews may ask of the hub. */
export interface ReviewApi {
  list(): Promise<readonly ReviewItem[]>;
  decide(id: string, decision: ReviewDecision): Promise<ReviewItem>;
  answer(id: string, answer: ReviewAnswer): Promise<ReviewItem>;
  letter(id: string): Promise<Letter>;
  /** Records that it is being printed. */
  printLetter(id: string, language: LetterLanguage): Promise<Letter>;
  rules(): Promise<ReviewRulesAnswer>;
  setRules(settings: ReviewSettings): Promise<ReviewRulesAnswer>;
  /** month: YYYY-MM. */
  report(month: string): Promise<ReviewReport>;
}

export function makeReviewApi(call: (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>): ReviewApi {
  const { list, rules, report } = reviewPaths;
  return {
    list: async () => parseReviews(await call("GET", list)),
    decide: async (id, decision) => parseReview(await call("POST", `${list}/${id}`, decision)),
    answer: async (id, answer) => parseReview(await call("POST", `${list}/${id}/answer`, answer)),
    letter: async (id) => parseLetter(await call("GET", `${list}/${id}/letter`)),
    printLetter: async (id, language) => parseLetter(await call("POST", `${list}/${id}/letter`, { language })),
    rules: async () => parseRules(await call("GET", rules)),
    setRules: async (settings) => parseRules(await call("POST", rules, settings)),
    report: async (month) => parseReport(await call("GET", `${report}?month=${month}`)),
  };
}
