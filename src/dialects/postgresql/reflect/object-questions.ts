/** What is asked about all that is no part of a table. */
import type { Question } from "./question.ts";

export interface RelationRow {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  /** Table, partitioned table, foreign table, view, materialized view. */
  readonly kind: "r" | "p" | "f" | "v" | "m";
  readonly rowSecurity: boolean;
  readonly rowSecurityForced: boolean;
  readonly populated: boolean;
  /** Of a materialized view, where it is not the usual one. */
  readonly method: string | null;
  readonly tablespace: string | null;
  readonly parameters: readonly string[] | null;
  /** Of a view. */
  readonly definition: string | null;
  /** What a Schema cannot say. */
  readonly odd: string | null;
}

export const relations: Question<RelationRow> = {
  members: {
    id: "rel.oid::int8",
    schema: "nspname",
    name: "relname",
    kind: "relkind",
    rowSecurity: "relrowsecurity",
    rowSecurityForced: "relforcerowsecurity",
    populated: "relispopulated",
    method:
      "CASE WHEN amname <> current_setting('default_table_access_method') AND relkind = 'm' THEN amname END",
    tablespace: "CASE WHEN relkind = 'm' THEN spcname END",
    parameters: "reloptions",
    definition: "CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(rel.oid) END",
    odd: `CASE WHEN relkind = 'p' THEN 'is a partitioned table: ' || pg_get_partkeydef(rel.oid)
      WHEN relkind = 'f' THEN 'is a foreign table'
      WHEN reloftype <> 0 THEN 'is of the type ' || format_type(reloftype, NULL)
      WHEN relpersistence = 'u' THEN 'is unlogged'
      WHEN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = rel.oid) THEN 'inherits from ' ||
        (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = rel.oid) END`,
  },
  from: `rel LEFT JOIN pg_am ON pg_am.oid = relam LEFT JOIN pg_tablespace ON pg_tablespace.oid = reltablespace WHERE relkind <> 'S'`,
};

export interface SequenceRow {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  /** As a default names it. */
  readonly shown: string;
  readonly type: "smallint" | "integer" | "bigint";
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  /** The column that it goes with: its own (`i`, of an identity) or one that it was given to (`a`). */
  readonly table: number | null;
  readonly column: number | null;
  readonly bond: "i" | "a" | null;
}

export const sequences: Question<SequenceRow> = {
  members: {
    id: "rel.oid::int8",
    schema: "nspname",
    name: "relname",
    shown: "rel.oid::regclass::text",
    type: "format_type(seqtypid, NULL)",
    start: "seqstart::text",
    increment: "seqincrement::text",
    min: "seqmin::text",
    max: "seqmax::text",
    cache: "seqcache::text",
    cycle: "seqcycle",
    table: "refobjid::int8",
    column: "refobjsubid",
    bond: "deptype",
  },
  from: `rel JOIN pg_sequence ON seqrelid = rel.oid LEFT JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = rel.oid AND objsubid = 0
    AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')`,
};

export interface EnumRow {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly values: readonly string[];
}

export const enums: Question<EnumRow> = {
  members: {
    id: "pg_type.oid::int8",
    schema: "nspname",
    name: "typname",
    values:
      "ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = pg_type.oid ORDER BY enumsortorder)",
  },
  from: `pg_type JOIN place ON place.oid = typnamespace WHERE typtype = 'e' AND ${isOwn("pg_type")}`,
};

/** Nothing that an extension brought. */
export function isOwn(catalogue: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend WHERE classid = '${catalogue}'::regclass AND objid = ${catalogue}.oid AND deptype = 'e')`;
}

export interface NamespaceRow {
  readonly id: number;
  readonly name: string;
  readonly comment: string | null;
}

export const namespaces: Question<NamespaceRow> = {
  members: { id: "oid::int8", name: "nspname", comment: "obj_description(oid, 'pg_namespace')" },
  from: "place",
};

export interface ExtensionRow {
  readonly name: string;
  readonly schema: string;
  readonly version: string;
}

export const extensions: Question<ExtensionRow> = {
  members: {
    name: "extname",
    schema: "nspname",
    version: "extversion",
  },
  from: "pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname <> 'plpgsql'",
};

export interface RoleRow {
  readonly name: string;
  readonly login: boolean;
  readonly createDb: boolean;
  readonly createRole: boolean;
  readonly inherit: boolean;
  readonly bypass: boolean;
  readonly comment: string | null;
}

/** Neither the server's own nor those that may do everything. */
export function roles(wanted: boolean): Question<RoleRow> {
  return {
    members: {
      name: "rolname",
      login: "rolcanlogin",
      createDb: "rolcreatedb",
      createRole: "rolcreaterole",
      inherit: "rolinherit",
      bypass: "rolbypassrls",
      comment: "shobj_description(oid, 'pg_authid')",
    },
    from: `pg_roles WHERE ${wanted} AND NOT rolsuper AND rolname !~ '^pg_'`,
  };
}

export interface CommentRow {
  readonly catalogue: string;
  readonly id: number;
  /** The number of a column, or 0. */
  readonly part: number;
  readonly text: string;
}

/** 16384 is where the objects begin that are not the server's own. */
export const comments: Question<CommentRow> = {
  members: {
    catalogue: "classoid::regclass::text",
    id: "objoid::int8",
    part: "objsubid",
    text: "description",
  },
  from: `pg_description WHERE objoid >= 16384 AND classoid IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_type'::regclass, 'pg_policy'::regclass)`,
};

export interface ViewUseRow {
  readonly view: number;
  readonly uses: number;
}

/** The views that a view reads from. */
export const viewUses: Question<ViewUseRow> = {
  members: { view: "view::int8", uses: "uses::int8" },
  from: `(SELECT DISTINCT reader.oid AS view, source.oid AS uses FROM rel AS reader
    JOIN pg_rewrite ON ev_class = reader.oid
    JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid AND refclassid = 'pg_class'::regclass
    JOIN rel AS source ON source.oid = refobjid AND source.oid <> reader.oid AND source.relkind IN ('v', 'm')
    WHERE reader.relkind IN ('v', 'm')) AS uses`,
};

export interface StrangerRow {
  readonly object: string;
  readonly what: string;
}

/** What a Schema has no place for. */
export const strangers: Question<StrangerRow> = {
  members: { object: "object", what: "what" },
  from: `(
    SELECT rel.oid::regclass::text || '.' || quote_ident(tgname) AS object, 'is a trigger' AS what
      FROM pg_trigger JOIN rel ON rel.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL SELECT rel.oid::regclass::text || '.' || quote_ident(rulename), 'is a rule'
      FROM pg_rewrite JOIN rel ON rel.oid = ev_class WHERE rulename <> '_RETURN'
    UNION ALL SELECT format_type(pg_type.oid, NULL), CASE typtype WHEN 'd' THEN 'is a domain' WHEN 'r' THEN 'is a range type' ELSE 'is a composite type' END
      FROM pg_type JOIN place ON place.oid = typnamespace LEFT JOIN pg_class ON pg_class.oid = typrelid
      WHERE (typtype IN ('d', 'r') OR pg_class.relkind = 'c') AND ${isOwn("pg_type")}
    UNION ALL SELECT pg_proc.oid::regprocedure::text, CASE prokind WHEN 'p' THEN 'is a procedure' WHEN 'a' THEN 'is an aggregate' ELSE 'is a function' END
      FROM pg_proc JOIN place ON place.oid = pronamespace WHERE ${isOwn("pg_proc")}
    UNION ALL SELECT stxname || ' (' || stxrelid::regclass::text || ')', 'is a set of extended statistics'
      FROM pg_statistic_ext JOIN rel ON rel.oid = stxrelid
  ) AS stranger`,
};
