/** What is asked about tables: columns, constraints, indexes. https://www.postgresql.org/docs/current/catalogs.html */
import type { Question } from "./question.ts";

/** Names of a schema and of something in it. */
export type Place = readonly [schema: string, name: string];

export interface ColumnRow {
  readonly table: number;
  readonly number: number;
  readonly name: string;
  readonly type: number;
  readonly size: number;
  readonly dimensions: number;
  readonly notNull: boolean;
  readonly identity: "" | "a" | "d";
  readonly generated: "" | "s" | "v";
  /** Unless it is the one that the database sorts by. */
  readonly collation: Place | null;
}

export const columns: Question<ColumnRow> = {
  members: {
    table: "attrelid::int8",
    number: "attnum",
    name: "attname",
    type: "atttypid::int8",
    size: "atttypmod",
    dimensions: "attndims",
    notNull: "attnotnull",
    identity: "attidentity",
    generated: "attgenerated",
    collation: `CASE WHEN attcollation NOT IN (0, 100) THEN ${collation("attcollation")} END`,
  },
  from: "pg_attribute JOIN stored ON stored.oid = attrelid WHERE attnum > 0 AND NOT attisdropped",
};

function collation(oid: string): string {
  return `(SELECT json_build_array(nspname, collname) FROM pg_collation JOIN pg_namespace ON pg_namespace.oid = collnamespace
    WHERE pg_collation.oid = ${oid})`;
}

export interface TypeRow {
  readonly type: number;
  readonly size: number;
  readonly text: string;
  /** The enum that it is, or that it is a list of. */
  readonly enum: Place | null;
  /** The collation that it brings along, where that is a special one. */
  readonly collation: Place | null;
}

/** Each type that columns have, once: spelling one costs more than reading a column. */
export const types: Question<TypeRow> = {
  members: {
    type: "used.type::int8",
    size: "used.size",
    text: "format_type(used.type, used.size)",
    enum: `(SELECT json_build_array(nspname, enum.typname) FROM pg_type AS enum JOIN pg_namespace ON pg_namespace.oid = enum.typnamespace
      WHERE enum.typtype = 'e' AND enum.oid IN (pg_type.oid, pg_type.typelem))`,
    collation: `CASE WHEN typcollation NOT IN (0, 100) THEN ${collation("typcollation")} END`,
  },
  from: `(SELECT DISTINCT atttypid AS type, atttypmod AS size FROM pg_attribute JOIN stored ON stored.oid = attrelid
    WHERE attnum > 0 AND NOT attisdropped) AS used JOIN pg_type ON pg_type.oid = used.type`,
};

export interface DefaultRow {
  readonly table: number;
  readonly column: number;
  readonly sql: string;
}

/** The texts behind DEFAULT and GENERATED ALWAYS AS. */
export const defaults: Question<DefaultRow> = {
  members: {
    table: "adrelid::int8",
    column: "adnum",
    sql: "pg_get_expr(adbin, adrelid)",
  },
  from: "pg_attrdef JOIN stored ON stored.oid = adrelid",
};

export interface ConstraintRow {
  readonly id: number;
  readonly table: number;
  readonly name: string;
  readonly kind: "p" | "u" | "f" | "c" | "x";
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly validated: boolean;
  readonly columns: readonly number[] | null;
  /** The index that keeps it; of a foreign key the index that it refers to. */
  readonly index: number;
  readonly to: Place | null;
  readonly toColumns: readonly string[] | null;
  readonly onUpdate: string;
  readonly onDelete: string;
  /** Of a check, its expression; of what a Schema cannot say, all of it. */
  readonly sql: string | null;
  /** What a Schema cannot say of it, in PostgreSQL's words. */
  readonly odd: string | null;
}

/** `version` is the server's, as `server_version_num` says it. NOT NULL is the column's affair, though 18 lists it here. */
export function constraints(version: number): Question<ConstraintRow> {
  return {
    members: {
      id: "con.oid::int8",
      table: "conrelid::int8",
      name: "conname",
      kind: "contype",
      deferrable: "condeferrable",
      deferred: "condeferred",
      validated: "convalidated",
      columns: "conkey",
      index: "conindid::int8",
      to: "CASE WHEN contype = 'f' THEN json_build_array(place.nspname, target.relname) END",
      toColumns: `CASE WHEN contype = 'f' THEN ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY AS key (number, place)
        JOIN pg_attribute ON attrelid = confrelid AND attnum = key.number ORDER BY key.place) END`,
      onUpdate: "confupdtype",
      onDelete: "confdeltype",
      sql: `CASE contype WHEN 'c' THEN pg_get_expr(conbin, conrelid) WHEN 'x' THEN pg_get_constraintdef(con.oid) END`,
      odd: `CASE WHEN ${oddities(version).join(" OR ")} THEN pg_get_constraintdef(con.oid) END`,
    },
    // Foreign keys to and of partitions stand for one that is listed.
    from: `pg_constraint AS con JOIN stored ON stored.oid = conrelid
      LEFT JOIN pg_class AS target ON target.oid = confrelid LEFT JOIN pg_namespace AS place ON place.oid = target.relnamespace
      WHERE contype IN ('p', 'u', 'f', 'c', 'x') AND conparentid = 0`,
  };
}

function oddities(version: number): readonly string[] {
  return [
    "confmatchtype = 'f'",
    "(contype = 'c' AND connoinherit)",
    ...(version >= 150000 ? ["confdelsetcols IS NOT NULL"] : []),
    ...(version >= 180000 ? ["conperiod", "NOT conenforced"] : []),
  ];
}

export interface IndexRow {
  readonly id: number;
  readonly table: number;
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  readonly valid: boolean;
  /** How many of `keys` are the index's columns; the others it only holds. */
  readonly width: number;
  /** Numbers of columns, 0 for an expression: `1 0 3`. So are the two after it. */
  readonly keys: string;
  readonly options: string;
  readonly classes: string;
  /** By key, where one of them is a special one. */
  readonly collations: readonly (Place | null)[] | null;
  /** The texts of `keys`, where one of them is an expression. */
  readonly expressions: readonly string[] | null;
  readonly where: string | null;
  readonly parameters: readonly string[] | null;
  readonly nullsNotDistinct: boolean;
  /** The whole statement, where it has to tell whether a collation was asked for. */
  readonly statement: string | null;
}

export function indexes(version: number): Question<IndexRow> {
  const special = "indcollation::text !~ '^(0|100)( (0|100))*$'";
  return {
    members: {
      id: "indexrelid::int8",
      table: "indrelid::int8",
      name: "own.relname",
      method: "amname",
      unique: "indisunique",
      valid: "indisvalid",
      width: "indnkeyatts",
      keys: "indkey::text",
      options: "indoption::text",
      classes: "indclass::text",
      collations: `CASE WHEN ${special} THEN (SELECT json_agg(CASE WHEN used.id NOT IN (0, 100) THEN ${collation("used.id")} END ORDER BY used.place)
        FROM unnest(indcollation::oid[]) WITH ORDINALITY AS used (id, place)) END`,
      expressions: `CASE WHEN indexprs IS NOT NULL THEN
        ARRAY(SELECT pg_get_indexdef(indexrelid, key, false) FROM generate_series(1, indnkeyatts) AS key ORDER BY key) END`,
      where: "pg_get_expr(indpred, indrelid)",
      parameters: "own.reloptions",
      nullsNotDistinct: version >= 150000 ? "indnullsnotdistinct" : "false",
      statement: `CASE WHEN indexprs IS NOT NULL AND ${special} THEN pg_get_indexdef(indexrelid) END`,
    },
    from: `pg_index JOIN stored ON stored.oid = indrelid JOIN pg_class AS own ON own.oid = indexrelid JOIN pg_am ON pg_am.oid = own.relam`,
  };
}

export interface OperatorClassRow {
  readonly id: number;
  readonly name: string;
}

/** Those that an index names; the others are what its columns' types have anyway. */
export const operatorClasses: Question<OperatorClassRow> = {
  members: { id: "oid::int8", name: "opcname" },
  from: "pg_opclass WHERE NOT opcdefault",
};

export interface PolicyRow {
  readonly id: number;
  readonly table: number;
  readonly name: string;
  readonly command: "*" | "r" | "a" | "w" | "d";
  readonly permissive: boolean;
  readonly to: readonly string[];
  readonly using: string | null;
  readonly withCheck: string | null;
}

export const policies: Question<PolicyRow> = {
  members: {
    id: "pg_policy.oid::int8",
    table: "polrelid::int8",
    name: "polname",
    command: "polcmd",
    permissive: "polpermissive",
    to: "ARRAY(SELECT CASE role WHEN 0 THEN 'public' ELSE pg_get_userbyid(role)::text END FROM unnest(polroles) AS role ORDER BY 1)",
    using: "pg_get_expr(polqual, polrelid)",
    withCheck: "pg_get_expr(polwithcheck, polrelid)",
  },
  from: "pg_policy JOIN stored ON stored.oid = polrelid",
};
