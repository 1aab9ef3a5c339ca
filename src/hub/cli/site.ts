import type { Command } from "commander";
import { TomoshibiError } from "../../shared/error.ts";
import { type SiteKind, siteKinds } from "../../shared/protocol/sites.ts";
import { listSites } from "../people/siteList.ts";
import { addSite, changeSite, removeSite, type SiteDetails, siteNamed } from "../people/sites.ts";
import { addMember, changeMember, listMembers, removeMember, renewStaffCode, staffRoleOf, staffRoles } from "../people/staff.ts";
import type { Surroundings } from "./open.ts";
import { operator, peopleOf, say, tell, type WithPeople } from "./say.ts";

interface SiteOptions {
  readonly name?: string;
  readonly kind?: string;
  readonly telephone?: string;
  readonly facility?: readonly string[];
  readonly cohort?: string;
  readonly json?: true;
}

/** `site add|set|remove|list`, `staff add|set|remove|code|list`: places that may break the glass, and who works there. */
export function siteCommands(program: Command, around: Surroundings): void {
  const withPeople = peopleOf(around);
  const site = program.command("site").description("places that may break the glass");
  const described = (command: Command) =>
    command
      .option("--kind <kind>", siteKinds.join(", "))
      .option("--telephone <number>")
      .option("--facility <codes...>", "facilities whose patients are its own")
      .option("--cohort <id>", "whom it may open in an emergency")
      .option("--json", "one line of JSON");
  described(site.command("add").argument("<name>")).action((name: string, options: SiteOptions) =>
    withPeople(async (deps) => {
      const { id } = await addSite(deps, name, detailsIn(options), operator);
      say(options.json ? JSON.stringify({ id }) : id);
    }),
  );
  described(site.command("set").argument("<id>").option("--name <name>")).action((id: string, options: SiteOptions) =>
    withPeople(async (deps) => {
      const named = options.name === undefined ? {} : { name: options.name };
      const { name, kind, cohort } = await changeSite(deps, id, { ...named, ...detailsIn(options) }, operator);
      tell([{ id, name, kind, cohort }], options.json);
    }),
  );
  site
    .command("remove")
    .description("closes a site: members leave, devices are revoked; what it did stays")
    .argument("<id>")
    .action((id: string) => withPeople((deps) => removeSite(deps, id, operator)));
  site
    .command("list")
    .option("--json", "one line of JSON")
    .action(({ json }: SiteOptions) =>
      withPeople(async ({ db }) =>
        tell(
          (await listSites(db)).sites.map(({ id, name, kind, cohort, telephone, facilities }) => ({
            id,
            name,
            kind,
            cohort,
            telephone,
            facilities,
          })),
          json,
        ),
      ),
    );
  staffCommands(program, withPeople);
}

interface StaffOptions {
  readonly name?: string;
  readonly kana?: string;
  readonly role?: string;
  readonly site?: string;
  readonly declares?: boolean;
  readonly json?: true;
}

function staffCommands(program: Command, withPeople: WithPeople): void {
  const staff = program.command("staff").description("members of a site");
  staff
    .command("add")
    .argument("<name>")
    .requiredOption("--kana <kana>")
    .option("--role <role>", staffRoles.join(", "), "physician")
    .option("--site <id>", "needed where there are several")
    .option("--json", "one line of JSON")
    .action((name: string, options: StaffOptions) =>
      withPeople(async (deps) => {
        const site = (await siteNamed(deps.db, options.site)).id;
        const { id, code, until } = await addMember(deps, { name, kana: options.kana ?? "", role: roleIn(options), site }, operator);
        say(...(options.json ? [JSON.stringify({ id, code, until })] : [id, code]));
      }),
    );
  staff
    .command("set")
    .argument("<id>")
    .option("--name <name>")
    .option("--kana <kana>")
    .option("--role <role>", staffRoles.join(", "))
    .option("--declares", "may declare a disaster, together with one other")
    .option("--no-declares")
    .action((id: string, options: StaffOptions) =>
      withPeople((deps) => {
        const { name, kana, declares } = options;
        const change = {
          ...(name === undefined ? {} : { name }),
          ...(kana === undefined ? {} : { kana }),
          ...(options.role === undefined ? {} : { role: roleIn(options) }),
          ...(declares === undefined ? {} : { declares }),
        };
        return changeMember(deps, id, change, operator);
      }),
    );
  staff
    .command("remove")
    .description("a member leaves: out of the roster at once; what they opened stays and is reviewed")
    .argument("<id>")
    .action((id: string) => withPeople((deps) => removeMember(deps, id, operator)));
  staff
    .command("code")
    .description("a new one-time code")
    .argument("<id>")
    .option("--json", "one line of JSON")
    .action((id: string, { json }: StaffOptions) =>
      withPeople(async (deps) => {
        const issued = await renewStaffCode(deps, id);
        say(json ? JSON.stringify(issued) : issued.code);
      }),
    );
  staff
    .command("list")
    .option("--json", "one line of JSON")
    .action(({ json }: StaffOptions) =>
      withPeople(async ({ db }) =>
        tell(
          (await listMembers(db)).map(({ id, role, registered, name, site }) => ({
            ...{ id, role, registered: registered ? "registered" : "-" },
            ...{ name, site },
          })),
          json,
        ),
      ),
    );
}

function roleIn({ role = "physician" }: StaffOptions) {
  const known = staffRoleOf(role);
  if (known === null) throw new TomoshibiError("cli-usage", { option: "--role", given: role });
  return known;
}

function detailsIn({ kind, telephone, facility, cohort }: SiteOptions): Partial<Omit<SiteDetails, "name">> {
  return {
    ...(kind === undefined ? {} : { kind: kindIn(kind) }),
    ...(telephone === undefined ? {} : { telephone }),
    ...(facility === undefined ? {} : { facilities: facility }),
    ...(cohort === undefined ? {} : { cohort }),
  };
}

function kindIn(given: string): SiteKind {
  const known = siteKinds.find((kind) => kind === given);
  if (known === undefined) throw new TomoshibiError("cli-usage", { option: "--kind", given });
  return known;
}
