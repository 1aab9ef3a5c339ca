import type { Command } from "commander";
import { create } from "qrcode";
import { TomoshibiError } from "../../shared/error.ts";
import type { PeopleDeps } from "../people/deps.ts";
import { approveDevice, listDevices, refuseDevice, revokeDevice } from "../people/devices.ts";
import { createEnrolment } from "../people/enrolments.ts";
import { defaultPolicy, setPolicy } from "../people/policy.ts";
import { addSite, siteNamed } from "../people/sites.ts";
import { addMember, listMembers, renewStaffCode, staffRoleOf, staffRoles } from "../people/staff.ts";
import { openKeys } from "../publish/index.ts";
import { sites } from "../store/site.ts";
import { type Surroundings, withStore } from "./open.ts";

const operator = "hub";

/** `site`, `staff`, `enrol`, `device`, `policy`: who may do what. */
export function peopleCommand(program: Command, around: Surroundings): void {
  const withPeople = <T>(run: (deps: PeopleDeps) => Promise<T>) =>
    withStore(around, async ({ db, dataDir }) => await run({ db, clock: around.clock, keys: await openKeys(dataDir) }));

  const site = program.command("site").description("places that may break the glass");
  site
    .command("add")
    .argument("<name>")
    .action((name: string) => withPeople(async (deps) => say((await addSite(deps, name)).id)));
  site.command("list").action(() => withPeople(async ({ db }) => table((await sites(db)).map(({ id, name }) => [id, name]))));

  staffCommand(program, withPeople);

  program
    .command("enrol")
    .description("invite devices")
    .command("create")
    .description("a code for one device, valid for a day")
    .option("--site <id>", "needed where there are several")
    .option("--preapproved", "trust whoever holds the code: for demos only")
    .option("--json", "one line of JSON, no QR")
    .action((options: { site?: string; preapproved?: true; json?: true }) =>
      withPeople(async (deps) => {
        const site = (await siteNamed(deps.db, options.site)).id;
        const { code, until } = await createEnrolment(deps, { site, preapproved: options.preapproved === true });
        if (options.json) return say(JSON.stringify({ code, until }));
        say(terminalQr(code));
        say(code);
        say(`until ${new Date(until).toISOString()}`);
      }),
    );

  const device = program.command("device").description("devices and their approval");
  device
    .command("list")
    .action(() =>
      withPeople(async (deps) =>
        table((await listDevices(deps)).map(({ id, state, fingerprint, name }) => [id, state, fingerprint, name])),
      ),
    );
  for (const [verb, act] of [
    ["approve", approveDevice],
    ["refuse", refuseDevice],
    ["revoke", revokeDevice],
  ] as const)
    device
      .command(verb)
      .argument("<id>")
      .action((id: string) => withPeople((deps) => act(deps, id, operator)));

  program
    .command("policy")
    .description("what may be opened for which reason")
    .command("set-default")
    .action(() => withPeople(async (deps) => void (await setPolicy(deps, defaultPolicy))));
}

function staffCommand(program: Command, withPeople: <T>(run: (deps: PeopleDeps) => Promise<T>) => Promise<T>): void {
  const staff = program.command("staff").description("members of a site");
  staff
    .command("add")
    .argument("<name>")
    .requiredOption("--kana <kana>")
    .option("--role <role>", staffRoles.join(", "), "physician")
    .option("--site <id>", "needed where there are several")
    .action((name: string, options: { kana: string; role: string; site?: string }) =>
      withPeople(async (deps) => {
        const role = staffRoleOf(options.role);
        if (role === null) throw new TomoshibiError("cli-usage", { option: "--role", given: options.role });
        const site = (await siteNamed(deps.db, options.site)).id;
        const { id, code } = await addMember(deps, { name, kana: options.kana, role, site });
        say(id, code);
      }),
    );
  staff
    .command("code")
    .description("a new one-time code")
    .argument("<id>")
    .action((id: string) => withPeople(async (deps) => say((await renewStaffCode(deps, id)).code)));
  staff
    .command("list")
    .action(() =>
      withPeople(async ({ db }) =>
        table((await listMembers(db)).map(({ id, role, registered, name }) => [id, role, registered ? "registered" : "-", name])),
      ),
    );
}

function say(...words: string[]): void {
  console.log(words.join("\t"));
}

function table(rows: readonly (readonly string[])[]): void {
  for (const row of rows) say(...row);
}

/** Two rows of modules a line by half blocks: light ones are drawn, so a terminal gets black ground and white letters. */
export function terminalQr(text: string): string {
  const { modules } = create(text.replaceAll("-", ""), { errorCorrectionLevel: "M" });
  const dark = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < modules.size && column < modules.size && modules.get(row, column) === 1;
  const lines: string[] = [];
  for (let row = -2; row < modules.size + 2; row += 2) {
    let line = "";
    for (let column = -2; column < modules.size + 2; column++)
      line += " ▄▀█"[(dark(row, column) ? 0 : 2) + (dark(row + 1, column) ? 0 : 1)];
    lines.push(process.stdout.isTTY === true ? `\u001b[40;97m${line}\u001b[0m` : line);
  }
  return lines.join("\n");
}
