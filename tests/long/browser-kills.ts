import { type KillGround, killGround, type Session, type StoredEntry } from "../browser/lib/kills.ts";
import { lock, search } from "../browser/lib/steps.ts";
import { generator } from "../fuzz/mutate.ts";

export const phases = ["unlock", "break-glass", "push", "rotation", "wipe"] as const;
type Phase = (typeof phases)[number];

interface Progress {
  readonly kills: Record<Phase, number>;
  /** Kills of "break-glass" after which the strip had been seen: the entry must be there. */
  readonly seen: number;
  readonly problems: string[];
}

interface Order {
  readonly count: number | null;
  readonly seed: number;
  readonly resume: Progress | null;
  readonly report: (progress: Progress) => void;
}

/** Longest wait before the kill, ms: about as long as the phase takes, so that kills fall before, in and after it. */
const within: Record<Phase, number> = { unlock: 900, "break-glass": 160, push: 400, rotation: 700, wipe: 500 };
const people = 12;

/**
 * At least `count` (20) kills -9 of a real Chromium in each phase. After each: no strip was seen without its durable entry, no entry is lost,
 * every chain is unbroken, and the vault opens (after a wipe: it is empty, its journal is home, and the device can enrol again).
 */
export async function run({ count, seed, resume, report }: Order): Promise<object> {
  const wanted = count ?? 20;
  const kills = resume?.kills ?? (Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>);
  const problems = [...(resume?.problems ?? [])];
  let seen = resume?.seen ?? 0;
  const random = generator(seed * 7_919 + Object.values(kills).reduce((a, b) => a + b, 0));
  const ground = await killGround(people);
  const keeper = new Keeper(ground);
  try {
    for (;;) {
      const phase = phases.find((one) => kills[one] < wanted);
      if (phase === undefined) break;
      // The hub rations one device's batches: each phase has a device of its own.
      if (kills[phase] === 0 && phase !== phases[0]) {
        await ground.enrolAnew();
        keeper.forget();
      }
      const done = await once(ground, keeper, phase, Math.floor(random() * within[phase]));
      kills[phase]++;
      seen += done.seen;
      problems.push(...done.problems.map((problem) => `${phase} ${kills[phase]}: ${problem}`));
      report({ kills, seen, problems });
      process.stderr.write(
        `\r${phases.map((one) => `${one} ${kills[one]}`).join("  ")}  strips seen ${seen}  problems ${problems.length} `,
      );
    }
    problems.push(...faultsAtHub(ground));
  } finally {
    await ground.destroy();
  }
  return { wanted, kills, seen, problems, outcome: problems.length === 0 ? "passed" : "failed" };
}

/** The hub's own word at the end: it re-checks every entry, chain and proof, and names what is not so. */
function faultsAtHub(ground: KillGround): string[] {
  const report: { faults: { counts: Record<string, number> } } = JSON.parse(
    ground.command("audit", "verify", "--json").trim().split("\n").at(-1) ?? "",
  );
  return Object.entries(report.faults.counts).map(([kind, count]) => `hub: ${count} ${kind}`);
}

/** What has been on the device's disk before: none of it may ever be missing. */
class Keeper {
  readonly #ground: KillGround;
  #known = new Map<string, string>();

  constructor(ground: KillGround) {
    this.#ground = ground;
  }

  forget(): void {
    this.#known = new Map();
  }

  async check(session: Session): Promise<{ readonly entries: readonly StoredEntry[]; readonly problems: readonly string[] }> {
    const entries = await this.#ground.entries(session.page);
    const now = new Map(entries.map(({ chain, seq, kind }) => [`${chain} ${seq}`, kind]));
    const lost = [...this.#known].filter(([at, kind]) => now.get(at) !== kind).map(([at]) => `entry lost: ${at}`);
    const gaps = entries
      .filter(({ chain, seq }) => seq > 1 && !now.has(`${chain} ${seq - 1}`))
      .map(({ seq }) => `chain broken before ${seq}`);
    this.#known = now;
    return { entries, problems: [...lost, ...gaps] };
  }
}

async function once(ground: KillGround, keeper: Keeper, phase: Phase, after: number): Promise<{ seen: number; problems: string[] }> {
  const first = await ground.open();
  await atLock(first);
  const before = await keeper.check(first);
  const problems = [...before.problems];
  await prepare(ground, first, phase);
  await begin(first, phase, ground.passphrase());
  await new Promise((done) => setTimeout(done, after));
  const strips = first.strips();
  await first.kill();

  const second = await ground.open();
  if (phase === "wipe") problems.push(...(await wiped(ground, keeper, second)));
  else {
    await atLock(second);
    const found = await keeper.check(second);
    problems.push(...found.problems);
    const opened = (entries: readonly StoredEntry[]) => entries.filter(({ kind }) => kind === "open-strip").length;
    if (opened(found.entries) - opened(before.entries) < strips) problems.push(`${strips} strips were seen without their entries`);
    await unlock(second, ground.passphrase());
    await settled(second);
    await search(second.page, "灯台");
    await second.page.locator("button.hit").first().waitFor();
    await search(second.page, "");
    await lock(second.page);
    problems.push(...(await keeper.check(second)).problems);
  }
  problems.push(...second.problems.map((problem) => `page: ${problem}`));
  await second.close();
  return { seen: strips, problems };
}

async function atLock({ page }: Session): Promise<void> {
  await page.getByLabel("パスフレーズ", { exact: true }).waitFor();
}

async function unlock({ page }: Session, passphrase: string): Promise<void> {
  await page.getByLabel("パスフレーズ", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "解錠する", exact: true }).click();
  await page.getByLabel("患者をさがす").waitFor({ timeout: 60_000 });
}

/** Until everything is home. Asked for, since the app's own loop may have looked just before the last entry. */
async function settled({ page }: Session): Promise<void> {
  await page.getByRole("button", { name: "ハブと同期する" }).click();
  await page.getByText("閲覧記録はすべて送信済み").first().waitFor({ timeout: 60_000 });
}

/** Up to the moment before the phase. */
async function prepare(ground: KillGround, session: Session, phase: Phase): Promise<void> {
  const { page } = session;
  if (phase === "unlock") return;
  await unlock(session, ground.passphrase());
  if (phase === "break-glass" || phase === "push") {
    await search(page, "灯台");
    await page.locator("button.hit").first().click();
    await page.getByRole("button", { name: "意識がない・話せない" }).waitFor();
  }
  if (phase === "push") {
    await page.getByRole("button", { name: "意識がない・話せない" }).click();
    await page.getByRole("button", { name: "閲覧を終える" }).first().click();
    await page.getByLabel("患者をさがす").waitFor();
    await search(page, "");
  }
  if (phase === "rotation") {
    await settled(session);
    ground.command("epoch", "rotate");
    ground.command("publish");
  }
  if (phase === "wipe") {
    await settled(session);
    const device =
      ground
        .command("device", "list")
        .split("\n")
        .find((line) => line.includes("approved"))
        ?.split("\t")[0] ?? "";
    // An id may begin with a dash.
    ground.command("device", "revoke", "--", device);
  }
}

async function begin({ page }: Session, phase: Phase, passphrase: string): Promise<void> {
  switch (phase) {
    case "unlock":
      await page.getByLabel("パスフレーズ", { exact: true }).fill(passphrase);
      return page.getByRole("button", { name: "解錠する", exact: true }).click({ noWaitAfter: true });
    case "break-glass":
      return page.getByRole("button", { name: "意識がない・話せない" }).click({ noWaitAfter: true });
    default:
      return page.getByRole("button", { name: "ハブと同期する" }).click({ noWaitAfter: true });
  }
}

/** A wipe that was killed is finished at the next start: nothing that opens anything is left, and the device may enrol again. */
async function wiped(ground: KillGround, keeper: Keeper, session: Session): Promise<string[]> {
  const { page } = session;
  // Killed before the order came: it comes with the next contact.
  const lockField = page.getByLabel("パスフレーズ", { exact: true });
  const over = page.getByText(/消されました/).first();
  await lockField.or(over).first().waitFor();
  await over.waitFor({ timeout: 60_000 });
  const rows = await ground.rows(page);
  const left = ["packs", "shards", "rings", "slots", "members", "wrapped"].filter((table) => (rows[table] ?? 0) > 0);
  keeper.forget();
  await session.close();
  await ground.enrolAnew();
  return left.map((table) => `left after the wipe: ${table}`);
}
