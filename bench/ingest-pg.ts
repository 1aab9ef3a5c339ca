import { startPostgres } from "../tests/hub/store/postgres.ts";
import { type Figure, measureIngest } from "./ingest.ts";

/** As `ingest`, into PostgreSQL; aim: at most 8 times the reference. */
export default async function run(): Promise<Figure> {
  const postgres = await startPostgres({ durable: true });
  try {
    return await measureIngest(() => postgres.database());
  } finally {
    await postgres.stop();
  }
}
