/** What `mig init` writes into the config: as much as can be seen of the project. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type { DialectName } from "../model/schema.ts";
import type { DrizzleConfig } from "./drizzle-config.ts";
import { builtInTemplate } from "./templates.ts";

/** The parts of a config, as TypeScript. */
export interface ConfigPlan {
  readonly schema: string;
  readonly environments: readonly string[];
  /** What the config has to import besides. */
  readonly imports?: readonly string[];
}

const sqliteUrl = `process.env.DATABASE_URL ?? "sqlite:data/dev.db"`;

/** From the options, an existing drizzle.config, and the drivers that are installed. */
export function planConfig(
  root: string,
  { dual, drizzle }: { readonly dual: boolean; readonly drizzle: DrizzleConfig | null },
): ConfigPlan {
  if (dual) {
    return {
      schema: `schema: { sqlite: "schema/sqlite.ts", postgresql: "schema/postgresql.ts" },`,
      environments: [
        `dev: { url: ${sqliteUrl} },`,
        "production: { url: process.env.PRODUCTION_DATABASE_URL, protected: true },",
      ],
    };
  }
  if (drizzle !== null) {
    return {
      schema: schemaLines(drizzle).join("\n  "),
      environments: [`dev: { url: ${drizzle.url ?? defaultUrl(drizzle.dialect)} },`],
      imports: drizzle.readsEnvFile ? ["dotenv/config"] : [],
    };
  }
  return { schema: "", environments: [`dev: { url: ${defaultUrl(installedDialect(root))} },`] };
}

function schemaLines({ dialect, schema, casing, filters }: DrizzleConfig): readonly string[] {
  const { schemas, exclude } = filters;
  return [
    ...(schema.length === 0 ? [] : [`schema: { ${dialect}: ${paths(schema)} },`]),
    ...(casing === null ? [] : [`casing: ${JSON.stringify(casing)},`]),
    ...(schemas.length === 0 ? [] : [`schemas: ${JSON.stringify(schemas)},`]),
    ...(exclude.length === 0 ? [] : [`exclude: ${JSON.stringify(exclude)},`]),
  ];
}

function defaultUrl(dialect: DialectName): string {
  return dialect === "sqlite" ? sqliteUrl : "process.env.DATABASE_URL";
}

/** PostgreSQL where its driver is the only one; SQLite needs no server, so it is what a new project starts with. */
function installedDialect(root: string): DialectName {
  const require = createRequire(join(root, "package.json"));
  const installed = (driver: string) => {
    try {
      require.resolve(driver);
      return true;
    } catch {
      return false;
    }
  };
  return installed("pg") && !installed("better-sqlite3") ? "postgresql" : "sqlite";
}

function paths(list: readonly string[]): string {
  return list.length === 1 ? JSON.stringify(list[0]) : JSON.stringify(list);
}

/** The config file. */
export function configText(
  template: string,
  { schema, environments, imports = [] }: ConfigPlan,
): string {
  const first = imports.map((specifier) => `import ${JSON.stringify(specifier)};\n`).join("");
  return (
    first +
    template
      .replace(/^ *\{\{schema\}\}\n/m, schema === "" ? "" : `  ${schema}\n`)
      .replace("{{environments}}", environments.join("\n    "))
  );
}

/** The files of a new project, by their names. */
export function projectFiles(plan: ConfigPlan): readonly (readonly [string, string])[] {
  return [
    ["migrator.config.ts", configText(builtInTemplate("migrator.config.ts.template"), plan)],
    // git keeps no empty folder, and a clone without it would have no history.
    ["versions/.gitkeep", ""],
    ["templates/revision.ts.template", builtInTemplate("revision.ts.template")],
    ["templates/revision.sql.template", builtInTemplate("revision.sql.template")],
  ];
}
