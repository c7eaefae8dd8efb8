/** The tables in which migration tools keep what ran, for a baseline: a database taken over as it is, without the old files. */
import { flag, number, text, time } from "./row-values.ts";
import { type OldRow, type OldRun, type OldTable, plainRun } from "./system.ts";

export interface Tracker {
  readonly table: OldTable;
  /** What else the tool keeps in the database; no part of the baseline either. */
  readonly others: readonly string[];
  readonly run: (row: OldRow) => OldRun;
  /** A file of its folder as the table calls it; null for what is no migration. */
  readonly nameOf: (file: string) => string | null;
  /** A file of the folder that stands for the table where there is one: a JSON list of names. */
  readonly file?: string;
  /** The table that says whether a run is going on, and its column. */
  readonly lock?: { readonly table: string; readonly column: string };
}

/** The columns that hold a run; what a tool does not keep is left out. */
interface Columns {
  readonly name: string;
  readonly at?: string;
  readonly batch?: string;
}

function runBy({ name, at, batch }: Columns): Tracker["run"] {
  return (row) => {
    const shown = text(row, name) ?? "a row without name";
    return {
      ...plainRun,
      keys: [shown],
      shown,
      at: at === undefined ? null : time(row, at),
      batch: batch === undefined ? null : number(row, batch),
    };
  };
}

/** A migration by the name of its file, whatever it was compiled to. */
function stem(file: string): string | null {
  if (/\.d\.[cm]?ts$/.test(file)) return null;
  return /^([^/]+)\.(?:[cm]?[jt]s|sql)$/.exec(file)?.[1] ?? null;
}

const knex: Tracker = {
  table: { name: "knex_migrations" },
  others: ["knex_migrations_lock"],
  run: runBy({ name: "name", at: "migration_time", batch: "batch" }),
  nameOf: stem,
  lock: { table: "knex_migrations_lock", column: "is_locked" },
};

const sequelize: Tracker = {
  table: { name: "SequelizeMeta" },
  others: ["SequelizeData"],
  run: runBy({ name: "name" }),
  nameOf: stem,
};

const kysely: Tracker = {
  table: { name: "kysely_migration" },
  others: ["kysely_migration_lock"],
  run: runBy({ name: "name", at: "timestamp" }),
  nameOf: stem,
  lock: { table: "kysely_migration_lock", column: "is_locked" },
};

/** https://www.prisma.io/docs/orm/prisma-migrate: a folder for each migration. */
const prisma: Tracker = {
  table: { name: "_prisma_migrations" },
  others: [],
  run: (row) => {
    const [from, to] = [time(row, "started_at"), time(row, "finished_at")];
    const rolledBackAt = time(row, "rolled_back_at");
    const shown = text(row, "migration_name") ?? "a row without name";
    return {
      ...plainRun,
      keys: [shown],
      shown,
      at: from,
      ms: from !== null && to !== null ? Date.parse(to) - Date.parse(from) : null,
      success: to !== null,
      error: to === null ? text(row, "logs") : null,
      rolledBack: rolledBackAt !== null,
      rolledBackAt,
    };
  },
  nameOf: (file) => /^([^/]+)\/migration\.sql$/.exec(file)?.[1] ?? null,
};

/** Its table has the time of the file, not of the run; its names are those of classes. */
const typeorm: Tracker = {
  table: { name: "migrations" },
  others: ["typeorm_metadata"],
  run: runBy({ name: "name" }),
  nameOf: (file) => {
    const [, at, name] = /^(\d+)-([^/]+)\.[cm]?[jt]s$/.exec(file) ?? [];
    return at === undefined || /\.d$/.test(name ?? "") ? null : `${name}${at}`;
  },
};

export const trackers: Readonly<Record<string, Tracker>> = {
  knex,
  "node-pg-migrate": {
    table: { name: "pgmigrations" },
    others: [],
    run: runBy({ name: "name", at: "run_on" }),
    nameOf: stem,
  },
  umzug: { ...sequelize, file: "umzug.json" },
  sequelize,
  prisma,
  typeorm,
  kysely,
  "mikro-orm": {
    table: { name: "mikro_orm_migrations" },
    others: [],
    run: runBy({ name: "name", at: "executed_at" }),
    nameOf: stem,
  },
};

/** Null for a tool that is not known. */
export function trackerOf(tool: string): Tracker | null {
  return Object.hasOwn(trackers, tool) ? (trackers[tool] ?? null) : null;
}

/** Names as they are compared: with an ending or without. */
export function plainNameOf(name: string): string {
  return name.replace(/\.(?:[cm]?[jt]s|sql)$/, "");
}

export function isHeld(row: OldRow, column: string): boolean {
  return flag(row, column, false);
}
