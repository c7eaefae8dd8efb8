import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configNames } from "../../config/read.ts";
import { fail } from "../../errors.ts";
import { readDrizzleConfig } from "../drizzle-config.ts";
import { configText, planConfig } from "../init-config.ts";
import { print } from "../output.ts";
import { builtInTemplate } from "../templates.ts";

interface InitOptions {
  readonly dual?: boolean;
}

/** `mig init`: a config, a versions folder and templates. What is there already is left as it is. */
export async function init({ dual = false }: InitOptions): Promise<void> {
  const root = process.cwd();
  const present = configNames.find((name) => existsSync(join(root, name)));
  if (present !== undefined) fail("CONFIG_EXISTS", { file: present });

  const plan = planConfig(root, { dual, drizzle: await readDrizzleConfig(root) });
  const files: readonly (readonly [string, string])[] = [
    ["migrator.config.ts", configText(builtInTemplate("migrator.config.ts.template"), plan)],
    // git keeps no empty folder, and a clone without it would have no history.
    ["versions/.gitkeep", ""],
    ["templates/revision.ts.template", builtInTemplate("revision.ts.template")],
    ["templates/revision.sql.template", builtInTemplate("revision.sql.template")],
    ...(dual ? starterSchemas : []),
  ];
  for (const [name, text] of files) {
    print(writeNew(root, name, text) ? `wrote    ${name}` : `kept     ${name}`);
  }
  const draft = dual ? "mig revision --autogenerate" : "mig revision";
  print(`\nNext: ${draft} -m "first" && mig upgrade head`);
}

const starterSchemas = (["sqlite", "postgresql"] as const).map(
  (dialect) => [`schema/${dialect}.ts`, builtInTemplate(`schema.${dialect}.ts.template`)] as const,
);

function writeNew(root: string, name: string, text: string): boolean {
  const file = join(root, name);
  if (existsSync(file)) return false;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail("FILE_UNWRITABLE", { file: name, why }, { cause });
  }
}
