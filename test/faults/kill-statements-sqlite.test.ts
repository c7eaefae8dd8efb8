/** `kill -9` behind every statement of the example's way up and down on SQLite. */
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { faults } from "./cases.ts";
import { directions, exampleProject, siteAt, sweep } from "./killed-runs.ts";
import { lookAtSqlite } from "./look.ts";

for (const way of directions) {
  faults(
    `on the way ${way}`,
    async (cases) => {
      const project = exampleProject();
      const file = (name: string) => join(project.folder, name);
      const site = siteAt(project, "sqlite:dev.db");
      await site.go("up");
      copyFileSync(file("dev.db"), file("head.db"));
      const whole = lookAtSqlite(file("dev.db"));
      const begin = async () => {
        for (const name of ["dev.db", "dev.db-journal"]) rmSync(file(name), { force: true });
        if (way === "down") copyFileSync(file("head.db"), file("dev.db"));
        return site;
      };
      const look = () => lookAtSqlite(file("dev.db"));
      const count = await sweep({ way, first: 1, step: 1, begin, look }, whole, cases);
      // Every statement of the example, mig's own among them.
      expect(count).toBeGreaterThanOrEqual(way === "up" ? 74 : 79);
    },
    240_000,
  );
}
