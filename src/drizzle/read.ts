/** The wanted side of drafts: what the project's Drizzle schema says its database looks like. */
import { fail } from "../errors.ts";
import type { Loader } from "../load/loader.ts";
import type { DialectName, Schema } from "../model/schema.ts";
import { loadExports } from "./exports.ts";
import { findFiles } from "./files/find.ts";
import { refuseForeign } from "./foreign.ts";
import { loadDrizzle } from "./load.ts";
import type { Core } from "./orm.ts";
import { fileName } from "./place.ts";
import type { CoreReader, ReadOptions } from "./reading.ts";

export interface SchemaSource extends ReadOptions {
  readonly dialect: DialectName;
  /** Files, folders and patterns, from `root`. */
  readonly paths: readonly string[];
  /** The folder of the config. */
  readonly root: string;
  readonly loader: Loader;
}

/**
 * Read the schema of one database. Errors: SCHEMA_FILE_MISSING, SCHEMA_EMPTY, SCHEMA_DIALECT, SCHEMA_TWICE, SCHEMA_INVALID,
 * DRIVER_MISSING, DRIZZLE_UNSUPPORTED, DRIZZLE_MIXED, and those of loading a file.
 */
export async function readSchema(source: SchemaSource): Promise<Schema> {
  switch (source.dialect) {
    case "postgresql":
      return readWith((await import("./postgresql/read.ts")).postgresql, source);
    case "sqlite":
      return readWith((await import("./sqlite/read.ts")).sqlite, source);
  }
}

async function readWith<ItsCore extends Core>(
  reader: CoreReader<ItsCore>,
  source: SchemaSource,
): Promise<Schema> {
  const { dialect, loader, root } = source;
  const files = findFiles(source.paths, root);
  const exports = await loadExports(loader, files, root);
  refuseForeign(exports, reader.prefix, dialect);
  const drizzle = await loadDrizzle<ItsCore>({ loader, root, files }, reader.module);
  const schema = reader.read(exports, drizzle, source);
  if (isEmpty(schema)) {
    fail("SCHEMA_EMPTY", { files: files.map((file) => fileName(file, root)), dialect });
  }
  return schema;
}

function isEmpty(schema: Schema): boolean {
  return Object.values(schema).every((objects) => objects.length === 0);
}
