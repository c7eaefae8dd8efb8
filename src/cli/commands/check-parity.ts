import type { Disparity } from "../../autogenerate/parity/disparity.ts";
import { parity } from "../../autogenerate/parity/parity.ts";
import { loadDialect } from "../../dialects/registry.ts";
import { fail } from "../../errors.ts";
import type { DialectName, Schema } from "../../model/schema.ts";
import { note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject, type Project } from "../project.ts";
import { desiredSchema } from "../test-project.ts";

/** `mig check --parity`: the two Drizzle schemas against each other. Ends with 1 where they differ. */
export async function checkParity(options: GlobalOptions): Promise<number> {
  const project = await openProject(options);
  const schemas = {
    postgresql: await schemaOf(project, "postgresql"),
    sqlite: await schemaOf(project, "sqlite"),
  };
  const differences = parity(schemas, project.config.parity?.ignore ?? []);
  const clean = differences.length === 0;
  if (options.json) {
    printJson({ clean, differences: differences.map((it) => ({ ...it, describe: line(it) })) });
  } else {
    for (const each of differences) print(line(each));
    if (clean) print("both schemas say the same");
    else note('what may differ is named in the config: `parity: { ignore: ["table.column"] }`');
  }
  return clean ? 0 : 1;
}

async function schemaOf(project: Project, dialect: DialectName): Promise<Schema> {
  const schema = await desiredSchema(project, await loadDialect(dialect));
  return schema ?? fail("SCHEMA_NOT_CONFIGURED", { dialect });
}

/** "users.email: NOT NULL on PostgreSQL, NULL on SQLite". */
function line({ name, what, postgresql, sqlite }: Disparity): string {
  const subject = what === "type" || what === "nullability" ? name : `${name}: ${what}`;
  if (sqlite === null) return `${subject} only on PostgreSQL${aside(name, postgresql)}`;
  if (postgresql === null) return `${subject} only on SQLite${aside(name, sqlite)}`;
  return `${subject}${subject === name ? ":" : ""} ${postgresql} on PostgreSQL, ${sqlite} on SQLite`;
}

function aside(name: string, what: string | null): string {
  return what === null || name.endsWith(what) ? "" : ` (${what})`;
}
