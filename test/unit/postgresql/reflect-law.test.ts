import { expect, test } from "vitest";
import type { Connection } from "../../../src/dialects/dialect.ts";
import { postgresql } from "../../../src/dialects/postgresql/index.ts";
import { reflect } from "../../../src/dialects/postgresql/reflect/reflect.ts";
import type { Constraint, Schema } from "../../../src/model/schema.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { connectTo } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

const scope = { versionTable: { name: "mig_version" }, schemas: ["public", "app"] };

/** A constraint that CREATE TABLE cannot make: it refers to other tables, or leaves rows unchecked. */
function comesLater(it: Constraint): boolean {
  return it.kind === "foreignKey" || (it.kind === "check" && it.notValid === true);
}

/** The operations that make `schema`, what refers to other tables last. */
function making(schema: Schema): readonly Operation[] {
  const no = { ifNotExists: false };
  return [
    ...schema.namespaces.map((namespace) => ({ kind: "createSchema", namespace, ...no }) as const),
    ...schema.enums.map((it) => ({ kind: "createEnum", enum: it }) as const),
    ...schema.sequences.map((sequence) => ({ kind: "createSequence", sequence, ...no }) as const),
    ...schema.tables.flatMap(({ indexes, policies, rowSecurity, ...table }): Operation[] => [
      {
        kind: "createTable",
        table: {
          ...table,
          constraints: table.constraints.filter((it) => !comesLater(it)),
        },
        options: no,
      },
      ...indexes.map(
        (index) =>
          ({
            kind: "createIndex",
            table: table.name,
            index,
            concurrently: false,
            only: false,
            ...no,
          }) as const,
      ),
      { kind: "rowSecurity", table: table.name, ...rowSecurity },
      ...policies.map((policy) => ({ kind: "createPolicy", table: table.name, policy }) as const),
    ]),
    ...schema.tables.map(
      ({ name, constraints }): Operation => ({
        kind: "alterTable",
        table: name,
        changes: constraints
          .filter(comesLater)
          .map((constraint) => ({ kind: "addConstraint", constraint })),
      }),
    ),
    ...schema.views.map((view) => ({ kind: "createView", view, orReplace: false }) as const),
  ];
}

async function carryOut(connection: Connection, operations: readonly Operation[]): Promise<void> {
  await connection.begin({ suspendForeignKeys: false });
  for (const operation of operations) {
    const recorded = { operation, site: new Error("test") };
    for (const statement of await postgresql.compile(recorded, connection))
      await connection.send(statement);
  }
  await connection.commit();
}

forEachServer((server) => {
  test("a database made from what was read reads the same", async () => {
    const url = await createDatabase(server);
    await query(url, original);
    const { schema, notes } = await reflect(await connectTo(url), scope);
    expect(notes).toEqual([]);
    const copy = await connectTo(await createDatabase(server));
    await carryOut(copy, making(schema));
    expect((await reflect(copy, scope)).schema).toEqual(schema);
  });
});

const original = `CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'ours';
CREATE TYPE mood AS ENUM ('sad', 'it''s ok'); COMMENT ON TYPE mood IS 'how it is';
CREATE TYPE app.size AS ENUM ('s', 'l');
CREATE SEQUENCE counter AS integer INCREMENT 2 MINVALUE -5 CACHE 4 CYCLE;
CREATE TABLE users (id serial PRIMARY KEY, "Na me" varchar(50) DEFAULT 'x' NOT NULL COLLATE "C", feeling mood DEFAULT 'sad',
  feelings mood[][] DEFAULT '{}', price numeric(10,2) DEFAULT 0, at timestamp(3) with time zone DEFAULT now(), c char(3), n numeric(5),
  data jsonb DEFAULT '{"a": [1]}', loud text GENERATED ALWAYS AS (upper("Na me") || '!') STORED, t time(2), i interval(3), age integer DEFAULT -1,
  flag boolean DEFAULT ((1 + 1) = 2),
  CONSTRAINT u UNIQUE NULLS NOT DISTINCT ("Na me", c) INCLUDE (n), CONSTRAINT late UNIQUE (at) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT ck CHECK (age > 18 AND c IN ('a', 'b') OR feeling = 'sad'));
COMMENT ON TABLE users IS 'people'; COMMENT ON COLUMN users.age IS 'in years'; COMMENT ON CONSTRAINT ck ON users IS 'rule';
CREATE UNIQUE INDEX i1 ON users (lower("Na me"), age DESC NULLS LAST, (age + 1) DESC) INCLUDE (n) WITH (fillfactor = 70) WHERE age > 0 AND c IS NOT NULL;
CREATE INDEX i2 ON users USING gin (data jsonb_path_ops) WITH (fastupdate = off); COMMENT ON INDEX i2 IS 'fast';
CREATE INDEX i3 ON users ("Na me" COLLATE "POSIX" text_pattern_ops NULLS FIRST);
ALTER TABLE users ENABLE ROW LEVEL SECURITY; ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON users AS RESTRICTIVE FOR UPDATE USING (age > 1) WITH CHECK ("Na me" = current_user);
CREATE TABLE app.t (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 7 INCREMENT BY 3 CACHE 2), s app.size,
  self bigint, owner integer DEFAULT nextval('counter'), PRIMARY KEY (id),
  CONSTRAINT f FOREIGN KEY (owner) REFERENCES users ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE,
  CONSTRAINT g FOREIGN KEY (self) REFERENCES app.t);
ALTER TABLE app.t ADD CONSTRAINT later CHECK (owner > 0) NOT VALID;
CREATE VIEW z WITH (security_barrier) AS SELECT id, "Na me" FROM users WHERE age BETWEEN 1 AND 9;
CREATE MATERIALIZED VIEW a WITH (fillfactor = 50) AS SELECT count(*) AS n FROM z WITH NO DATA; COMMENT ON MATERIALIZED VIEW a IS 'all';`;
