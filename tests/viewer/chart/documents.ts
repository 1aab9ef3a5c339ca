/** Documents of the same synthetic person: a long summary, a short note, a referral with an attachment. */
import type { Document } from "../../../src/shared/summary/summary.ts";
import { writing } from "./parts-wider.ts";

const course = Array.from({ length: 24 }, (_, at) => `第${at + 1}病日：経過良好。内服を継続し、血圧と体重を記録した。`).join("\n");

export const documents: readonly Document[] = [
  writing("dischargeSummary", "退院時サマリー", "", {
    date: "2026-09-02",
    sections: [
      { title: "主訴・入院理由", text: "労作時息切れ、両下腿浮腫" },
      { title: "入院経過", text: course },
      { title: "退院時処方", text: "ワルファリンカリウム錠1mg 1回1.5錠 1日1回 夕食後" },
    ],
  }),
  writing("progressNote", "経過記録", "S) 息切れは軽くなった。\nO) BP 132/78、下腿浮腫 軽度。\nA) 心不全 代償期\nP) 利尿薬を継続する。", {
    date: "2026-11-12T14:10",
  }),
  writing("progressNote", "経過記録", "体重 58.9 kg。", { date: "2026-10-01" }),
  writing("referral", "診療情報提供書", "ペースメーカ外来の継続をお願いします。", {
    date: "2025-12-20",
    source: 2,
    attachments: [{ name: "心電図.pdf", type: "application/pdf", size: 183_000 }],
  }),
];
