import { expect, test } from "vitest";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

forEachServer((server) => {
  test("answers, with a database for each test", async () => {
    const url = await createDatabase(server);
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});
