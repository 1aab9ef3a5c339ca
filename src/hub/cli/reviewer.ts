import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { type ConsoleRole, consoleRoles } from "../../shared/protocol/account.ts";
import { parseConfig } from "../config.ts";
import { bindReviewer } from "../people/bindings.ts";
import { inviteReviewer } from "../people/invites.ts";
import { addReviewer, consoleRoleOf, listReviewers, removeReviewer } from "../people/reviewers.ts";
import { type Surroundings, withStore } from "./open.ts";

interface RoleOption {
  readonly role?: readonly string[];
}

/** `reviewer add|invite|bind|list|remove`: who may sign in at the console, as what, and by what. */
export function reviewerCommand(program: Command, around: Surroundings): void {
  const reviewer = program.command("reviewer").description("who may sign in at the console");
  const roles = `what they may do (${consoleRoles.join(", ")}); several: repeat it. A new account without: reviewer and operator`;

  reviewer
    .command("add")
    .description("passphrase: one line on standard input")
    .argument("<name>")
    .option("--role <role...>", roles)
    .action(async (name: string, { role }: RoleOption) => {
      const given = rolesOf(role);
      const passphrase = await readLine();
      await withStore(around, ({ db }) => addReviewer({ db, clock: around.clock }, name, passphrase, given));
    });

  reviewer
    .command("invite")
    .description("a one-time code, valid for a day, with which they make a passkey at the console; shown this once")
    .argument("<name>")
    .option("--role <role...>", roles)
    .option("--json", "one line of JSON")
    .action((name: string, { role, json }: RoleOption & { json?: true }) =>
      withStore(around, async ({ db }) => {
        const { code, until } = await inviteReviewer({ db, clock: around.clock }, name, rolesOf(role));
        console.log(json ? JSON.stringify({ code, until }) : `${code}\nuntil ${new Date(until).toISOString()}`);
      }),
    );

  reviewer
    .command("bind")
    .description("let a user of the configured identity provider in as this reviewer")
    .argument("<name>")
    .option("--sub <subject>", "the provider's own name of them: the surest")
    .option("--email <address>", "one that the provider verified; it then stays with the user who first came with it")
    .action((name: string, { sub, email }: { sub?: string; email?: string }) => {
      const issuer = parseConfig(around.env).door.oidc?.issuer;
      if (issuer === undefined) throw new TomoshibiError("config-bad-oidc", { reason: "no-TOMOSHIBI_OIDC_ISSUER" });
      if ((sub === undefined) === (email === undefined)) throw new TomoshibiError("cli-usage", { option: "--sub or --email" });
      const by = sub === undefined ? { email: email ?? "" } : { sub };
      return withStore(around, ({ db }) => bindReviewer(db, issuer, name, by));
    });

  reviewer
    .command("list")
    .description("name, roles, what leads in")
    .action(() =>
      withStore(around, async ({ db }) => {
        for (const { name, roles: held, passphrase, passkeys, bindings } of await listReviewers(db)) {
          const ways = [...(passphrase ? ["passphrase"] : []), `passkeys:${passkeys}`, ...bindings];
          console.log([name, held === "" ? "-" : held, ways.join(" ")].join("\t"));
        }
      }),
    );

  reviewer
    .command("remove")
    .description("takes every way in and ends their sessions; the name stays, since decisions bear it")
    .argument("<name>")
    .action((name: string) => withStore(around, (store) => removeReviewer(store, name)));
}

/** null: none were given. */
function rolesOf(given: readonly string[] | undefined): readonly ConsoleRole[] | null {
  if (given === undefined) return null;
  return given.map((text) => {
    const role = consoleRoleOf(text);
    if (role === null) throw new TomoshibiError("cli-usage", { option: "--role", given: text });
    return role;
  });
}

async function readLine(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes("\n") || text.length > 1000) break;
  }
  return (text.split("\n")[0] ?? "").trim();
}
