import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { offerPassphrase } from "../../shared/crypto/passphrase.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { devices } from "../store/device.ts";
import { facilities } from "../store/facility.ts";
import { newestPolicy } from "../store/policy.ts";
import { reviewerByName } from "../store/reviewer.ts";
import { siteById } from "../store/site.ts";
import { staffById } from "../store/staff.ts";
import { hasConsentDefault, setConsentDefault } from "./consentRecord.ts";
import type { PeopleDeps } from "./deps.ts";
import { createEnrolment, openEnrolmentCode } from "./enrolments.ts";
import { defaultPolicy, setPolicy } from "./policy.ts";
import { addReviewer, isReviewer } from "./reviewers.ts";
import { addSite } from "./sites.ts";
import { addMember, changeMember, renewStaffCode } from "./staff.ts";

export interface Demo {
  readonly site: { readonly id: string; readonly name: string };
  readonly staff: readonly { readonly id: string; readonly name: string; readonly code: string }[];
  /** For one device, approved beforehand. */
  readonly enrolCode: string;
  readonly reviewer: { readonly name: string; readonly passphrase: string };
}

/** DATA/demo.json, mode 0600: the demo keeps its codes in the clear so that it can show them again. A real hub never does. */
interface Kept {
  readonly site: string;
  readonly enrolment: string;
  readonly staff: readonly { readonly id: string; readonly name: string; readonly code: string; readonly until: number }[];
  readonly reviewer: { readonly name: string; readonly passphrase: string };
}

/** Nobody of the demo exists, so nobody need be asked. */
const everybody = { from: "2000-01-01", basis: "other", by: "demo", note: "架空の地域：全員が参加" } as const;

const people = [
  { name: "灯台 一郎", kana: "とうだい いちろう", role: "physician", declares: true },
  { name: "見本 花子", kana: "みほん はなこ", role: "physician", declares: true },
  { name: "架空 次郎", kana: "かくう じろう", role: "physician", declares: false },
] as const;

/**
 * A site with three physicians, the default policy, a reviewer, and codes to try them: made at first use, shown again as long as they are
 * unused, renewed once they are used or late. For the demo alone.
 */
export async function prepareDemo(deps: PeopleDeps & { readonly keys: { readonly dataDir: string } }): Promise<Demo> {
  const file = join(deps.keys.dataDir, "demo.json");
  const kept = (await readKept(file)) ?? (await begin(deps));
  const site = await siteById(deps.db, kept.site);
  if (site === null) throw new TomoshibiError("config-bad-data", { file: "demo.json", reason: "other-store" });
  if ((await newestPolicy(deps.db)) === null) await setPolicy(deps, defaultPolicy);
  if (!(await hasConsentDefault(deps))) await setConsentDefault(deps, "participating", everybody);
  const { name, passphrase } = kept.reviewer;
  if ((await reviewerByName(deps.db, name)) === null || !(await isReviewer(deps.db, name, passphrase)))
    await addReviewer(deps, name, passphrase);
  const open = await openEnrolmentCode(deps, kept.enrolment);
  const invitation = open === null ? await createEnrolment(deps, { site: site.id, preapproved: true }) : { id: kept.enrolment, code: open };
  const staff = await Promise.all(kept.staff.map((member) => withOpenCode(deps, member)));
  await writeKept(file, { ...kept, enrolment: invitation.id, staff });
  return {
    site: { id: site.id, name: site.name },
    staff: staff.map(({ id, name, code }) => ({ id, name, code })),
    enrolCode: invitation.code,
    reviewer: kept.reviewer,
  };
}

/** Refused where devices were let in without it: in a hub at work, a code approved beforehand and a printed passphrase would be a way in. */
async function begin(deps: PeopleDeps): Promise<Kept> {
  if ((await devices(deps.db)).length > 0) throw new TomoshibiError("config-bad-data", { file: "demo.json", reason: "no-demo" });
  // The first hospital of the region is the ward's own: its patients can be opened by treatment relation and while systems are down.
  const own = (await facilities(deps.db))[0];
  const details = own === undefined ? {} : { facilities: [own.code], telephone: own.telephone };
  const site = await addSite(deps, "灯台病院 救急外来（見本）", details, "demo");
  const staff: Kept["staff"][number][] = [];
  for (const { declares, ...person } of people) {
    const { id, code, until } = await addMember(deps, { ...person, site: site.id });
    if (declares) await changeMember(deps, id, { declares }, "demo");
    staff.push({ id, name: person.name, code, until });
  }
  return { site: site.id, enrolment: "", staff, reviewer: { name: "見本 確認", passphrase: offerPassphrase() } };
}

async function withOpenCode(deps: PeopleDeps, member: Kept["staff"][number]): Promise<Kept["staff"][number]> {
  const row = await staffById(deps.db, member.id);
  const open = row !== null && row.code !== null && row.code_until === member.until && member.until > deps.clock.now();
  return open ? member : { ...member, ...(await renewStaffCode(deps, member.id)) };
}

async function readKept(file: string): Promise<Kept | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Kept;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new TomoshibiError("config-bad-data", { file: "demo.json", reason: "unreadable" }, { cause });
  }
}

async function writeKept(file: string, kept: Kept): Promise<void> {
  await writeFile(`${file}.tmp`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await chmod(`${file}.tmp`, 0o600);
  await rename(`${file}.tmp`, file);
}
