/** Python as it is found in migrations, and what becomes of it. */
import { describe, expect, test } from "vitest";
import { indexTables, translateModule } from "../../../src/adopt/alembic/module.ts";
import { dialectIn, sectionsOf } from "../../../src/adopt/alembic/printed.ts";
import { parseModule } from "../../../src/adopt/python/parse.ts";

function translated(body: string, head = "", more: { asAlembic?: boolean } = {}) {
  const indented = body.trim().replace(/^/gm, "    ");
  const source = `${head}\ndef upgrade() -> None:\n${indented}\n`;
  const statements = parseModule(source);
  if (statements === null) throw new Error("no Python");
  const module = translateModule(
    statements,
    { indexes: new Map(indexTables(statements)), ...more },
    source,
  );
  if (module === null) throw new Error("no upgrade()");
  return module.upgrade;
}

/** On one line, without blanks around it. */
function one(body: string, head = ""): string {
  const { text, unwritten } = translated(body, head);
  expect([unwritten, text]).toEqual([0, text]);
  const line = text.replace(/\s+/g, " ").replaceAll("( ", "(");
  return line.replaceAll(", )", ")").replaceAll(", }", " }").trim();
}

describe("Python", () => {
  test("that is none is left alone", () => {
    expect(parseModule("x = 'no end")).toBeNull();
    expect(parseModule("x = )")).toBeNull();
  });

  test("of the subset is read whatever stands around it", () => {
    const source = [
      '"""Doc: a = \'b\'"""',
      "from typing import Union, Sequence as S",
      "from . import base; import a.b, c as d",
      "revision: Union[str, None] = 'a1'  # the id",
      "class Thing:",
      "    def upgrade(self):",
      "        pass",
      "try:",
      "    import nothing",
      "except ImportError:",
      "    nothing = None",
      "@decorated",
      "def upgrade(x: int = (1, 2)[0], *args) -> None:",
      "\tfor each in range(3):",
      "\t\top.execute(each)",
      "\top.drop_table(",
      "        'a'  # in the middle",
      "\t)",
      "\tif x: pass",
    ].join("\n");
    const found = parseModule(source) ?? [];
    const upgrade = found.findLast((it) => it.kind === "function");
    expect(upgrade?.kind === "function" && upgrade.body.map(({ kind }) => kind)).toEqual([
      "unknown",
      "expression",
      "if",
    ]);
    expect(found.map(({ kind }) => kind).filter((kind) => kind === "function")).toHaveLength(1);
  });

  test("strings: prefixes, escapes, side by side", () => {
    const [statement] = parseModule(`x = ("a\\n" r'\\d' u"\\u00e9" '''b''')`) ?? [];
    expect(statement).toMatchObject({ kind: "assign", value: { value: "a\n\\dé" + "b" } });
    expect(parseModule('x = f"{y}"')?.[0]?.kind).toBe("unknown");
  });
});

describe("columns", () => {
  const column = (it: string) => one(`op.add_column('t', sa.Column('c', ${it}))`);

  test("types", () => {
    expect(column("sa.String(50)")).toBe(`op.addColumn("t", t.varchar("c", { length: 50 }));`);
    expect(column("sa.String")).toBe(`op.addColumn("t", t.varchar("c"));`);
    expect(column("sqlmodel.sql.sqltypes.AutoString(length=9)")).toContain("length: 9");
    expect(column("sa.DateTime(timezone=True)")).toContain(`t.timestamp("c", { timezone: true })`);
    expect(column("sa.Numeric(10, scale=2)")).toContain("precision: 10, scale: 2");
    expect(column("sa.Float()")).toContain("t.doublePrecision");
    expect(column("postgresql.JSONB(astext_type=sa.Text())")).toContain("t.jsonb");
    expect(column("sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')")).toContain("t.jsonb");
    expect(column("postgresql.UUID(as_uuid=True)")).toContain("t.uuid");
    expect(column("postgresql.ARRAY(sa.String(20))")).toContain("length: 20, array: true");
    expect(column("postgresql.INET()")).toContain(`{ postgresql: "inet", sqlite: "text" }`);
    expect(translated("op.add_column('t', sa.Column('c', app.Money()))").unwritten).toBe(1);
    const own = "op.add_column('t', sa.Column('c', app.types.JSON()))";
    expect(translated(own, "import app.types\n").unwritten).toBe(1);
    const named = "op.add_column('t', sa.Column('c', JSON()))";
    expect(translated(named, "from app.types import (Other, JSON)\n").unwritten).toBe(1);
    expect(translated(named, "from sqlalchemy import JSON\n").unwritten).toBe(0);
  });

  test("types as Alembic spells them on SQLite, beside tables that it made", () => {
    const column = (it: string) =>
      translated(`op.add_column('t', sa.Column('c', ${it}))`, "", { asAlembic: true }).text;
    expect(column("sa.String(9)")).toContain(`{ postgresql: "varchar(9)", sqlite: "VARCHAR(9)" }`);
    expect(column("sa.Numeric(10, 2)")).toContain(`sqlite: "NUMERIC(10, 2)"`);
    expect(column("sa.DateTime(timezone=True)")).toContain(
      `{ postgresql: "timestamp with time zone", sqlite: "DATETIME" }`,
    );
    expect(column("sa.Integer()")).toContain("t.integer");
  });

  test("defaults", () => {
    const by = (value: string, type = "sa.String()") => column(`${type}, server_default=${value}`);
    expect(by("'it''s'")).toContain(`default: "its"`);
    expect(by("sa.text(\"'x'\")")).toContain(`default: "x"`);
    expect(by("'0'", "sa.Boolean()")).toContain("default: sql`'0'`");
    expect(by("sa.text('false')", "sa.Boolean()")).toContain("default: false");
    expect(by("sa.func.now()", "sa.DateTime()")).toContain(
      "{ postgresql: sql`now()`, sqlite: sql`CURRENT_TIMESTAMP` }",
    );
    expect(by("sa.text(\"'{}'::jsonb\")", "postgresql.JSONB()")).toContain(
      "{ postgresql: sql`'{}'::jsonb`, sqlite: sql`'{}'` }",
    );
    expect(by("sa.text('gen_random_uuid()')", "sa.Uuid()")).toContain("sqlite: null");
    expect(by("None")).toBe(`op.addColumn("t", t.varchar("c"));`);
  });

  test("what comes with them", () => {
    expect(column("sa.Integer(), sa.ForeignKey('app.u.id', ondelete='SET NULL')")).toContain(
      `foreignKey("t_c_fkey", ["c"], { schema: "app", name: "u" }, ["id"], { onDelete: "set null" })`,
    );
    expect(column("sa.Integer(), unique=True")).toContain(`unique("t_c_key", ["c"])`);
    expect(column("sa.Integer(), index=True, unique=True")).toContain(
      `op.createIndex("ix_t_c", "t", ["c"], { unique: true });`,
    );
    expect(column("sa.Integer(), sa.Identity(always=True, start=5)")).toContain(
      `identity: { generated: "always", start: 5 }`,
    );
    expect(column("sa.Integer(), sa.Computed('a + 1')")).toContain("generated: sql`a + 1`");
    expect(translated("op.add_column('t', sa.Column('c', sa.Integer(), key='d'))").unwritten).toBe(
      1,
    );
  });

  test("an integer key is numbered, unless it refers to something or has a source", () => {
    const table = (it: string) =>
      one(`op.create_table('t', sa.Column('id', ${it}, primary_key=True))`);
    expect(table("sa.BigInteger()")).toContain("t.bigserial");
    expect(table("sa.Integer(), sa.ForeignKey('u.id')")).toContain("t.integer");
    expect(table("sa.Integer(), autoincrement=False")).toContain("t.integer");
    expect(table("sa.String(3)")).toContain(`[primaryKey("t_pkey", ["id"])]`);
    expect(
      one(
        `op.create_table('t', sa.Column('a', sa.Integer(), nullable=False), sa.Column('b', sa.Integer(), nullable=False), sa.PrimaryKeyConstraint('a', 'b', name='pk'))`,
      ),
    ).toContain(`primaryKey("pk", ["a", "b"])`);
  });
});

describe("directives", () => {
  test("alter_column", () => {
    expect(
      one(
        `op.alter_column('t', 'c', existing_type=sa.VARCHAR(), type_=sa.Integer(), nullable=False, postgresql_using='c::int', server_default=None, new_column_name='d')`,
      ),
    ).toBe(
      `op.alterColumn("t", "c", { type: t.integer("c").type, notNull: true, default: null, using: sql\`c::int\` }); op.renameColumn("t", "c", "d");`.replace(
        "( ",
        "(",
      ),
    );
  });

  test("indexes", () => {
    expect(
      one(
        `op.create_index(op.f('ix'), 't', ['a', sa.text('b DESC'), sa.func.lower(sa.column('c'))], unique=True, postgresql_where=sa.text('a > 0'), postgresql_using='gin', postgresql_ops={'a': 'text_pattern_ops'}, schema='app')`,
      ),
    ).toBe(
      `op.createIndex("ix", { schema: "app", name: "t" }, [{ on: "a", operatorClass: "text_pattern_ops" }, { on: "b", order: "desc" }, sql\`lower("c")\`], { unique: true, where: sql\`a > 0\`, method: "gin" });`,
    );
    expect(one("op.create_index('ix', 't', ['a'])\nop.drop_index('ix')")).toContain(
      `op.dropIndex("ix", "t")`,
    );
    expect(one("op.drop_index('elsewhere')")).toBe(`op.execute(sql\`DROP INDEX "elsewhere"\`);`);
    const alone = translated(
      "with op.get_context().autocommit_block():\n    op.create_index('ix', 't', ['a'], postgresql_concurrently=True)",
    );
    expect([alone.transaction, alone.unwritten]).toEqual([false, 0]);
  });

  test("constraints", () => {
    expect(
      one(
        "op.create_foreign_key(None, 'a', 'b', ['x', 'y'], ['p', 'q'], ondelete='CASCADE', deferrable=True, initially='DEFERRED')",
      ),
    ).toContain(
      `foreignKey("a_x_y_fkey", ["x", "y"], "b", ["p", "q"], { onDelete: "cascade", deferrable: "deferred" })`,
    );
    expect(one("op.create_check_constraint('ck', 't', sa.column('a') > 0)")).toContain(
      `check("ck", sql\`"a" > 0\`)`,
    );
    expect(one("op.drop_constraint('fk', 't', type_='foreignkey')")).toBe(
      `op.dropConstraint("t", "fk");`,
    );
    expect(translated("op.drop_constraint(None, 't')").unwritten).toBe(1);
  });

  test("enums are made once, and before their table", () => {
    const text = one(
      "status.create(op.get_bind(), checkfirst=True)\nop.create_table('t', sa.Column('s', status, nullable=False))\nstatus.drop(op.get_bind())",
      "status = postgresql.ENUM('a', 'b', name='status')\n",
    );
    expect(text.match(/op\.createEnum/g)).toHaveLength(1);
    expect(text).toContain(`t.enum("s", "status", { notNull: true })`);
    expect(text).toContain(`op.dropEnum("status", { ifExists: true })`);
  });

  test("an enum that nobody drops is remarked on", () => {
    const source =
      "def upgrade():\n    op.create_table('t', sa.Column('s', sa.Enum('a', name='mood')))\n\ndef downgrade():\n    op.drop_table('t')\n";
    const statements = parseModule(source) ?? [];
    const module = translateModule(statements, { indexes: new Map() }, source);
    expect(module?.downgrade?.text).toBe(
      '  op.dropTable("t");\n  // the enum stays, as it did with Alembic: op.dropEnum("mood") would take it away',
    );
  });

  test("data: statements, connections, rows", () => {
    const head = "users = sa.table('users', sa.column('status'), schema='app')\n";
    expect(
      one(
        "op.execute(users.update().where(users.c.status.in_(['a', \"it's\"])).values({'status': None}))",
        head,
      ),
    ).toBe(
      `op.execute(sql\`UPDATE "app"."users" SET "status" = NULL WHERE "status" IN ('a', 'it''s')\`);`,
    );
    expect(
      one(
        "op.execute(sa.delete(users).where(sa.or_(users.c.status != None, users.c.n < 3)))",
        head,
      ),
    ).toContain(`DELETE FROM "app"."users" WHERE ("status" IS NOT NULL) OR ("n" < 3)`);
    expect(one(`conn = op.get_bind()\nconn.execute(sa.text("UPDATE t SET a = 'x\\\\:y'"))`)).toBe(
      "op.execute(sql`UPDATE t SET a = 'x:y'`);",
    );
    expect(
      one(
        "op.bulk_insert(users, [{'id': 1, 'name': 'a', 'ok': True, 'x': None, 'f': -1.5}])",
        head,
      ),
    ).toBe(
      `op.insert({ schema: "app", name: "users" }, [{ id: 1, name: "a", ok: true, x: null, f: -1.5 }]);`,
    );
    const two = `${head}teams = sa.table('teams', sa.column('id'))\n`;
    expect(translated("op.execute(users.update().values(a=teams.c.id))", two).unwritten).toBe(1);
    expect(translated("op.execute(sa.text('SELECT :a').bindparams(a=1))").unwritten).toBe(1);
    expect(translated("for row in conn.execute('x'):\n    pass").unwritten).toBe(1);
  });

  test("what mig does by itself", () => {
    const { text, transaction } = translated(
      "op.execute('PRAGMA foreign_keys=OFF;')\nop.execute('COMMIT')\nop.execute('X')",
    );
    expect(text.match(/op\.execute/g)).toHaveLength(1);
    expect(text).toContain("// PRAGMA foreign_keys=OFF: mig switches them off");
    expect(transaction).toBe(false);
  });

  test("a part for one database only", () => {
    const text = one(
      "bind = op.get_bind()\nif bind.dialect.name == 'postgresql':\n    op.execute('A')\nelse:\n    op.execute('B')",
    );
    expect(text).toBe(
      'op.on("postgresql", (op) => { op.execute(sql`A`); }); op.on("sqlite", (op) => { op.execute(sql`B`); });',
    );
  });

  test("what is not known stays Python above a statement that nothing accepts; the rest is translated", () => {
    const { text, unwritten } = translated(
      "# why\nmake_it(op)\nop.drop_table('a')\nrows = load()\nreturn 3",
    );
    expect(unwritten).toBe(3);
    expect(text).toContain(
      "// # why\n  // make_it(op)\n  op.execute(sql`SELECT imported_from_alembic",
    );
    expect(text).toContain(`op.dropTable("a");`);
  });
});

test("what Alembic prints, in sections, without its own table", () => {
  const printed = `BEGIN;

-- Running upgrade a -> b

COMMIT;

CREATE INDEX CONCURRENTLY i ON t (a);

BEGIN;

UPDATE app.alembic_version SET version_num='b' WHERE app.alembic_version.version_num = 'a';

COMMIT;

BEGIN;

-- Running upgrade b, c -> d

UPDATE t SET version_num='x';

DELETE FROM alembic_version WHERE alembic_version.version_num = 'b';

COMMIT;
`;
  expect([...sectionsOf(printed, "upgrade")]).toEqual([
    ["b", "CREATE INDEX CONCURRENTLY i ON t (a);"],
    ["d", "UPDATE t SET version_num='x';"],
  ]);
  expect(dialectIn(printed, "")).toBe("postgresql");
  expect(dialectIn("", "INFO Context impl SQLiteImpl.")).toBe("sqlite");
});
