import type { Command } from "commander";
import { create } from "qrcode";
import { approveDevice, listDevices, refuseDevice, revokeDevice } from "../people/devices.ts";
import { createEnrolment } from "../people/enrolments.ts";
import { siteNamed } from "../people/sites.ts";
import { listWipes, renewDevice } from "../people/wipe.ts";
import type { Surroundings } from "./open.ts";
import { operator, peopleOf, say, tell } from "./say.ts";

/** `enrol`, `device`: which devices are let in. */
export function peopleCommand(program: Command, around: Surroundings): void {
  const withPeople = peopleOf(around);

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
    .option("--json", "one line of JSON")
    .action(({ json }: { json?: true }) =>
      withPeople(async (deps) =>
        tell(
          (await listDevices(deps)).map(({ id, state, fingerprint, name, site }) => ({ id, state, fingerprint, name, site })),
          json,
        ),
      ),
    );
  device
    .command("wipes")
    .description("who was ordered to delete everything, and whose word that it is empty has come home")
    .option("--json", "one line of JSON")
    .action(({ json }: { json?: true }) =>
      withPeople(async ({ db }) => {
        const at = (ms: number) => (ms === 0 ? "-" : new Date(ms).toISOString());
        const rows = await listWipes(db);
        tell(
          rows.map(({ device: id, reason, by, ordered, told, done }) => ({
            id,
            reason,
            by,
            ordered: at(ordered),
            told: at(told),
            done: at(done),
          })),
          json,
        );
      }),
    );
  for (const [verb, act] of [
    ["approve", approveDevice],
    ["refuse", refuseDevice],
    ["revoke", revokeDevice],
    ["renew", renewDevice],
  ] as const)
    device
      .command(verb)
      .argument("<id>")
      .action((id: string) => withPeople((deps) => act(deps, id, operator)));
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
