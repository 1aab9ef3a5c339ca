import { openManifest } from "../../shared/protocol/manifest.ts";
import type { CohortsAnswer } from "../../shared/protocol/sites.ts";
import { listCohorts } from "../people/cohorts.ts";
import { currentManifest, type HubSecrets } from "../publish/index.ts";
import { facilities } from "../store/facility.ts";
import { rotations } from "../store/rotation.ts";
import { workingSites } from "../store/site.ts";
import type { Db } from "../store/tables.ts";

const rotationsShown = 100;

/** Cohorts as the operator sees them: who has them, what of them is published, and when their keys were renewed. */
export async function showCohorts(db: Db, keys: Pick<HubSecrets, "publicKeys">): Promise<CohortsAnswer> {
  const sites = await workingSites(db);
  const cohorts = (await listCohorts(db)).map(async (cohort) => {
    const current = await currentManifest(db, cohort.id);
    const manifest = current === null ? null : await openManifest(Uint8Array.from(current.bytes), keys.publicKeys);
    return {
      ...cohort,
      sites: sites.filter((site) => site.cohort === cohort.id).map(({ name }) => name),
      published: manifest === null ? null : { people: manifest.count, epoch: manifest.epoch, at: manifest.at },
    };
  });
  return {
    cohorts: await Promise.all(cohorts),
    rotations: (await rotations(db, rotationsShown)).map(({ cohort, why, by, asked, done }) => ({ cohort, why, by, asked, done })),
    facilities: (await facilities(db)).map(({ code, name }) => ({ id: code, name })),
  };
}
