/**
 * `kill -9` behind every statement of the example's way up and down on PostgreSQL. With several servers each gets its share of
 * the statements, as what mig sends is the same.
 */
import { expect, inject } from "vitest";
import { createDatabase, forEachServer, query } from "../support/postgres/database.ts";
import { faults } from "./cases.ts";
import { directions, exampleProject, siteAt, sweep } from "./killed-runs.ts";
import { lookAtPostgres } from "./look.ts";

forEachServer((server) => {
  for (const way of directions) {
    faults(
      `on the way ${way}`,
      async (cases) => {
        const url = await createDatabase(server);
        const site = siteAt(exampleProject(), url);
        await site.go("up");
        const whole = await lookAtPostgres(url);
        const begin = async () => {
          if (way === "up") await query(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
          return site;
        };
        const look = () => lookAtPostgres(url);
        const servers = inject("postgres").map(({ name }) => name);
        const share = { first: servers.indexOf(server.name) + 1, step: servers.length };
        const count = await sweep({ way, ...share, begin, look }, whole, cases);
        // Every statement of the example, mig's own among them.
        expect(count).toBeGreaterThanOrEqual(way === "up" ? 80 : 70);
      },
      240_000,
    );
  }
});
