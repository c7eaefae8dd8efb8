/** Loading `pg`, on use and from where the project has it. */
import type pg from "pg";
import { fail } from "../../errors.ts";
import { loadPackage } from "../packages.ts";

/** The project's `pg`, or else the one beside mig. */
export function loadDriver(root: string): typeof pg {
  return (
    loadPackage<typeof pg>("pg", root) ??
    fail("DRIVER_MISSING", { driver: "pg", dialect: "PostgreSQL" })
  );
}
