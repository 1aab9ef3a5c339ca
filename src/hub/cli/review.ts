import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { attendanceIn } from "../flow/attendance.ts";
import { whoIsIn } from "../flow/who.ts";
import { openKeys } from "../publish/index.ts";
import { reportOf } from "../review/report.ts";
import { linkReviewer } from "../store/reviewMore.ts";
import { staffById } from "../store/staff.ts";
import { type Surroundings, withStore } from "./open.ts";

type Report = Awaited<ReturnType<typeof reportOf>>;

/** `review report --month YYYY-MM [--json]`: numbers alone. `review link NAME STAFF`: this reviewer is that member, and never reviews themselves. */
export function reviewCommand(program: Command, around: Surroundings): void {
  const review = program.command("review").description("what became of emergency openings");

  review
    .command("report")
    .description("the numbers of one month: no patient, no member of staff")
    .requiredOption("--month <yyyy-mm>", "by Japan's clock, by when things began on the devices")
    .option("--json", "print the whole as one JSON line")
    .action(({ month, json }: { readonly month: string; readonly json?: true }) =>
      withStore(around, async (store) => {
        const keys = await openKeys(store.dataDir);
        const { clock } = around;
        const report = await reportOf(
          { db: store.db, clock, keys, attendance: attendanceIn({ store, clock }), whoIs: whoIsIn({ store }) },
          month,
        );
        console.log(json ? JSON.stringify(report) : linesOf(report).join("\n"));
      }),
    );

  review
    .command("link")
    .description("say which member of staff a reviewer is: what they opened, another reviewer decides")
    .argument("<reviewer>")
    .argument("<staff>", "id of the member")
    .action((reviewer: string, staff: string) =>
      withStore(around, async ({ db }) => {
        if ((await staffById(db, staff)) === null) throw new TomoshibiError("staff-unknown");
        await linkReviewer(db, { reviewer: reviewer.trim(), staff });
      }),
    );
}

function linesOf({ month, openings, reviews, byRule, ...rest }: Report): string[] {
  const share = (part: number, whole: number) => `${part} of ${whole}`;
  const counts = (title: string, list: Report["bySite"]) => {
    const shown = list.filter(({ count }) => count > 0).map(({ name, count }) => `    ${name || "(not stated)"}  ${count}`);
    return shown.length === 0 ? [] : [`  ${title}`, ...shown];
  };
  const hours = (value: number | null) => (value === null ? "-" : `${value} h`);
  return [
    `${month}: ${openings} emergency openings, ${reviews.items} items`,
    `  reviewed ${share(reviews.reviewed, reviews.items)}; required ${share(reviews.dueReviewed, reviews.due)}; by lot ${share(reviews.lotReviewed, reviews.lot)}`,
    `  from arrival to review: median ${hours(reviews.medianHours)}, slowest tenth ${hours(reviews.slowestTenthHours)}`,
    `  letters ${rest.letters}; failed unlocks ${rest.unlockFailures}; drills begun ${rest.drills}, recorded ${rest.drillRecords}`,
    ...counts("by site", rest.bySite),
    ...counts("by reason", rest.byReason),
    ...counts("by role", rest.byRole),
    ...counts("how far", rest.byPhase),
    ...counts("by kind", rest.byKind),
    ...counts("by state", rest.byState),
    ...counts("alerts", rest.alerts),
    ...counts("entries refused", rest.refused),
    `  rules, version ${rest.rulesVersion}: holds / cannot be judged / does not hold`,
    ...byRule.map(({ rule, holds, unjudged, clear }) => `    ${rule.padEnd(18)} ${holds} / ${unjudged} / ${clear}`),
  ];
}
