import { existsSync } from "node:fs";
import { join } from "node:path";
import { configNames } from "../../config/read.ts";
import { fail } from "../../errors.ts";
import { readDrizzleConfig } from "../drizzle-config.ts";
import { planConfig, projectFiles } from "../init-config.ts";
import { print, warn } from "../output.ts";
import { builtInTemplate } from "../templates.ts";
import { writeNew } from "../write-new.ts";

interface InitOptions {
  readonly dual?: boolean;
}

/** `mig init`: a config, a versions folder and templates. What is there already is left as it is. */
export async function init({ dual = false }: InitOptions): Promise<void> {
  const root = process.cwd();
  const present = configNames.find((name) => existsSync(join(root, name)));
  if (present !== undefined) fail("CONFIG_EXISTS", { file: present });

  const drizzle = await readDrizzleConfig(root);
  const plan = planConfig(root, { dual, drizzle });
  for (const each of (!dual && drizzle?.filters.lost) || []) warn(each);
  const files: readonly (readonly [string, string])[] = [
    ...projectFiles(plan),
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
