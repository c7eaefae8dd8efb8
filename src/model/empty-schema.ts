import type { Schema } from "./schema.ts";

/** A database with nothing in it. */
export const emptySchema: Schema = {
  namespaces: [],
  extensions: [],
  roles: [],
  enums: [],
  sequences: [],
  tables: [],
  views: [],
  grants: [],
};
