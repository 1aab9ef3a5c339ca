import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { parsePolicyBody } from "../../shared/protocol/policyConsole.ts";
import { judgePolicy, policyLines } from "../../shared/protocol/policyJudge.ts";
import { changePolicy, defaultPolicy, policyHistory, setPolicy } from "../people/policy.ts";
import { openKeys } from "../publish/index.ts";
import { type Surroundings, withStore } from "./open.ts";
import { operator, peopleOf, say } from "./say.ts";

/** `policy show|set|set-default|history`: what may be opened for which reason, by whom, and who set it. */
export function policyCommands(program: Command, around: Surroundings): void {
  const policy = program.command("policy").description("what may be opened for which reason");
  const history = () => withStore(around, async ({ db, dataDir }) => await policyHistory({ db, keys: await openKeys(dataDir) }));
  policy
    .command("show")
    .description("the policy in force, one line each; --json: as `policy set` takes it")
    .option("--json", "one line of JSON")
    .action(async ({ json }: { json?: true }) => {
      const { current } = await history();
      if (current === null) throw new TomoshibiError("policy-missing");
      if (json) return say(JSON.stringify(current));
      for (const { about, says } of policyLines(current)) say(about, says);
    });
  policy
    .command("set")
    .description("signs the policy of a JSON file, as `policy show --json` prints it")
    .argument("<file>")
    .option("--accept-warnings", "sign it though it warns")
    .action(async (file: string, { acceptWarnings }: { acceptWarnings?: true }) => {
      const body = parsePolicyBody(readJson(file));
      const { warnings } = judgePolicy(body);
      for (const warning of warnings) console.error(`warning ${warning}`);
      const from = (await history()).history[0]?.seq ?? 0;
      const seen = acceptWarnings === true ? warnings : [];
      await peopleOf(around)((deps) => changePolicy(deps, { policy: body, seen, from }, operator));
    });
  policy.command("set-default").action(() => peopleOf(around)(async (deps) => void (await setPolicy(deps, defaultPolicy, operator))));
  policy
    .command("history")
    .option("--json", "one line of JSON")
    .action(async ({ json }: { json?: true }) => {
      const versions = (await history()).history;
      if (json) return say(JSON.stringify(versions));
      for (const { seq, at, by, changes } of versions) {
        say(String(seq), new Date(at).toISOString(), by);
        for (const { about, before, after } of changes) say("", about, `${before === "" ? "-" : before} → ${after === "" ? "-" : after}`);
      }
    });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new TomoshibiError("cli-usage", { file, reason: cause instanceof SyntaxError ? "not-json" : "unreadable" }, { cause });
  }
}
