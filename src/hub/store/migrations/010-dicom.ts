import { sql } from "kysely";
import type { Migration } from "./index.ts";

/** Studies are found by their UID, whoever's they are said to be. */
export const dicom: Migration = {
  name: "010-dicom",
  async up(db) {
    await sql`create index file_dicom on file (facility, path) where type = 'DICOM'`.execute(db);
  },
};
