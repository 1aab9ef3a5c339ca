import { afterAll, describe, it } from "vitest";
import { startPostgres, type TestPostgres } from "../hub/store/postgres.ts";
import { firstLight } from "./lib/journey.ts";

describe("first light: the main job, with the hub dead where it matters", () => {
  let postgres: TestPostgres | null = null;
  afterAll(() => postgres?.stop());

  it("on the embedded database", () => firstLight("embedded", null));

  it("on PostgreSQL", async () => {
    postgres = await startPostgres();
    await firstLight("postgres", await postgres.database());
  });
});
