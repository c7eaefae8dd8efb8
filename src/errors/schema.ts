import { list } from "./words.ts";

/** An export of a schema file: where to look. */
export interface Place {
  readonly file: string;
  readonly export: string;
}

const nothingDone = "nothing was compared";

function at({ file, export: name }: Place): string {
  return `${file}, export ${name}`;
}

/** Failures of reading the project's Drizzle schema. */
export const schemaErrors = {
  SCHEMA_NOT_CONFIGURED: (it: { dialect: string }) => ({
    message: `the config names no schema for ${it.dialect}`,
    help: `say where its tables are: \`schema: { ${it.dialect}: "schema/${it.dialect}.ts" }\``,
  }),
  SCHEMA_FILE_MISSING: (it: { path: string; root: string }) => ({
    message: `no schema file is found at ${it.path} (from ${it.root})`,
    help: "correct `schema` in the config: a file, a folder, a pattern such as schema/*.ts, or a list of these",
  }),
  SCHEMA_EMPTY: (it: { files: readonly string[]; dialect: string }) => ({
    message: `no table or other object of ${it.dialect} is exported by ${list(it.files, "and")}`,
    help: "export the tables (`export const users = …`); only exports are read, and nothing inside of them",
  }),
  SCHEMA_DIALECT: (it: Place & { found: string; dialect: string }) => ({
    message: `${at(it)} is ${it.found}, in the schema of ${it.dialect}`,
    help: "keep the objects of each database in files of their own, and name them in `schema` of the config",
  }),
  SCHEMA_TWICE: (it: { what: string; name: string; places: readonly Place[] }) => ({
    message: `${it.what} "${it.name}" is declared twice: ${it.places.map(at).join("; ")}`,
    help: "rename one of them, or export one object from both places",
  }),
  SCHEMA_INVALID: (it: Place & { why: string }) => ({
    message: `${at(it)}: ${it.why}`,
    help: `correct the schema; ${nothingDone}`,
  }),
  DRIZZLE_UNSUPPORTED: (it: { version: string; file: string }) => ({
    message: `${it.file} uses drizzle-orm ${it.version}, whose tables mig cannot read`,
    help: "install drizzle-orm 0.45, or 1.0.0-rc.5 or later",
  }),
  DRIZZLE_MIXED: (it: {
    uses: readonly { readonly file: string; readonly version: string }[];
  }) => ({
    message: `the schema files use different versions of drizzle-orm: ${it.uses.map(({ file, version }) => `${version} in ${file}`).join(", ")}`,
    help: "let all of them use one version",
  }),
} as const;
