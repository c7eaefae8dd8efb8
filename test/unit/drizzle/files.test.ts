import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findFiles, pathsFor } from "../../../src/drizzle/files/find.ts";
import { isSupported } from "../../../src/drizzle/load.ts";
import { createProject, failure, install, readProject } from "./support.ts";

const table = (name: string) =>
  `import { sqliteTable, integer } from "drizzle-orm/sqlite-core";\nexport const ${name} = sqliteTable("${name}", { id: integer("id") });\n`;

describe("paths", () => {
  const find = (root: string, ...paths: string[]) =>
    findFiles(paths, root).map((path) => path.slice(root.length + 1));
  const project = () =>
    createProject(null, {
      "src/schema.ts": "",
      "src/db/users.ts": "",
      "src/db/posts.mts": "",
      "src/db/types.d.ts": "",
      "src/db/notes.md": "",
      "src/db/deep/more.schema.ts": "",
      "src/(app)/[id]/table.ts": "",
      "src/node_modules/x/y.ts": "",
      "src/.hidden/z.ts": "",
    });

  test("a file, a folder and a list", () => {
    const root = project();
    expect(find(root, "src/schema.ts")).toEqual(["src/schema.ts"]);
    expect(find(root, "./src/db")).toEqual(["src/db/posts.mts", "src/db/users.ts"]);
    expect(find(root, "src/db/users.ts", "src/schema.ts", "src/db")).toEqual([
      "src/db/users.ts",
      "src/schema.ts",
      "src/db/posts.mts",
    ]);
    expect(find(root, join(root, "src/schema.ts"))).toEqual(["src/schema.ts"]);
    expect(find(root, "src/(app)/[id]/table.ts")).toEqual(["src/(app)/[id]/table.ts"]);
  });

  test("patterns", () => {
    const root = project();
    expect(find(root, "src/*.ts")).toEqual(["src/schema.ts"]);
    expect(find(root, "./src/db/**/*.ts")).toEqual([
      "src/db/deep/more.schema.ts",
      "src/db/users.ts",
    ]);
    expect(find(root, "src/**/*.schema.ts")).toEqual(["src/db/deep/more.schema.ts"]);
    expect(find(root, "src/db/{users,posts}.{ts,mts}")).toEqual([
      "src/db/posts.mts",
      "src/db/users.ts",
    ]);
    expect(find(root, "src/db/user?.ts")).toEqual(["src/db/users.ts"]);
    expect(find(root, "src/db/[a-p]*.*ts")).toEqual(["src/db/posts.mts"]);
    expect(find(root, "**/users.ts")).toEqual(["src/db/users.ts"]);
    expect(find(root, "src/d*")).toEqual(["src/db/posts.mts", "src/db/users.ts"]);
    expect(find(root, join(root, "src/*.ts"))).toEqual(["src/schema.ts"]);
    expect(find(join(root, "src"), "../src/*.ts")).toEqual(["schema.ts"]);
  });

  test("a path to nothing is told", () => {
    const root = project();
    for (const path of ["src/nothing.ts", "src/*.tsx", "nowhere/**/*.ts"]) {
      expect(() => find(root, "src/schema.ts", path)).toThrow(
        failure(
          "SCHEMA_FILE_MISSING",
          /^no schema file is found at (src\/nothing\.ts|src\/\*\.tsx|nowhere\/\*\*\/\*\.ts) /,
        ),
      );
    }
  });

  test("one schema, or one for each database", () => {
    expect(pathsFor({ sqlite: "a.ts", postgresql: ["b.ts"] }, "postgresql")).toEqual(["b.ts"]);
    for (const schema of [undefined, { sqlite: "a.ts" }]) {
      expect(() => pathsFor(schema, "postgresql")).toThrow(
        failure("SCHEMA_NOT_CONFIGURED", /names no schema for postgresql$/),
      );
    }
  });
});

describe("exports", () => {
  const read = (files: Record<string, string>, ...paths: string[]) =>
    readProject(createProject("0.45", files), { dialect: "sqlite", paths });

  test("the order of files and exports is nothing", async () => {
    const files = {
      "a.ts": table("zebra") + table("ant").replace(/^import.*\n/, ""),
      "b.ts": table("mouse"),
    };
    const schema = await read(files, "a.ts", "b.ts");
    expect(schema.tables.map(({ name }) => name)).toEqual(["ant", "mouse", "zebra"]);
    expect(await read(files, "b.ts", "a.ts")).toEqual(schema);
  });

  test("one object in many places is one", async () => {
    const schema = await read(
      {
        "users.ts": table("users"),
        "index.ts": `export * from "./users.ts"; export { users as people } from "./users.ts"; import { users } from "./users.ts"; export default users;`,
      },
      "*.ts",
    );
    expect(schema.tables).toHaveLength(1);
  });

  test("files may import each other, and from workspaces", async () => {
    const schema = await read(
      {
        "schema.ts": `import { sqliteTable, integer } from "drizzle-orm/sqlite-core"; import { posts } from "./posts";
        export const users = sqliteTable("users", { id: integer("id").primaryKey(), post: integer("post").references(() => posts.id) });`,
        "posts.ts": `import { sqliteTable, integer } from "drizzle-orm/sqlite-core"; import { users } from "./schema.js";
        export const posts = sqliteTable("posts", { id: integer("id").primaryKey(), author: integer("author").references(() => users.id) });`,
      },
      "schema.ts",
      "posts.ts",
    );
    expect(schema.tables.map((it) => it.constraints.at(-1))).toMatchObject([
      { kind: "foreignKey", table: "users" },
      { kind: "foreignKey", table: "posts" },
    ]);
  });

  test("other things are passed over", async () => {
    const schema = await read(
      {
        "users.ts": table("users"),
        "schema.ts": `export * as all from "./users.ts"; export * from "./users.ts"; export const bare = Object.create(null); export const none = null;
          export class Thing {} export const list = [1]; export enum Colour { Red } export const proxy = new Proxy({}, {}); export const map = new Map();
          import { relations, sql } from "drizzle-orm"; import { users } from "./users.ts"; export const usersRelations = relations(users, () => ({})); export const now = sql\`now()\`;`,
      },
      "schema.ts",
    );
    expect(schema.tables).toHaveLength(1);
  });

  test("CommonJS", async () => {
    const schema = await read(
      {
        "schema.cjs": `const { sqliteTable, integer } = require("drizzle-orm/sqlite-core"); module.exports = { users: sqliteTable("users", { id: integer("id") }) };`,
      },
      "schema.cjs",
    );
    expect(schema.tables).toHaveLength(1);
  });

  test("what lies inside of an export is not read", async () => {
    await expect(
      read(
        {
          "schema.ts": table("users").replace(
            "export const users",
            "export const all = { users: 1 }; const users",
          ),
        },
        "schema.ts",
      ),
    ).rejects.toThrow(
      failure("SCHEMA_EMPTY", /^no table or other object of sqlite is exported by schema\.ts$/),
    );
  });

  test("two tables of one name are refused, with both places", async () => {
    const other = table("users").replace("export const users", "export const people");
    await expect(read({ "a.ts": table("users"), "b.ts": other }, "a.ts", "b.ts")).rejects.toThrow(
      failure(
        "SCHEMA_TWICE",
        /^table "users" is declared twice: a\.ts, export users; b\.ts, export people$/,
      ),
    );
    const upper = table("users").replaceAll('sqliteTable("users"', 'sqliteTable("Users"');
    await expect(read({ "a.ts": table("users"), "b.ts": upper }, "*.ts")).rejects.toThrow(
      failure("SCHEMA_TWICE", /^table "Users" is declared twice/),
    );
  });

  test("so are two indexes, two columns and two constraints", async () => {
    const core = `import { sqliteTable, integer, index, check } from "drizzle-orm/sqlite-core"; import { sql } from "drizzle-orm";\n`;
    const indexed = (name: string) =>
      `export const ${name} = sqliteTable("${name}", { id: integer("id") }, (t) => [index("i").on(t.id)]);\n`;
    await expect(read({ "a.ts": core + indexed("a") + indexed("b") }, "a.ts")).rejects.toThrow(
      failure("SCHEMA_TWICE", /^index "i" is declared twice: a\.ts, export a; a\.ts, export b$/),
    );
    const columns = `export const t = sqliteTable("t", { a: integer("x"), b: integer("x") });`;
    await expect(read({ "a.ts": core + columns }, "a.ts")).rejects.toThrow(
      failure("SCHEMA_TWICE", /^column "x"/),
    );
    const checks = `export const t = sqliteTable("t", { a: integer("a") }, () => [check("x", sql\`1\`), check("x", sql\`2\`)]);`;
    await expect(read({ "a.ts": core + checks }, "a.ts")).rejects.toThrow(
      failure("SCHEMA_TWICE", /^constraint "x"/),
    );
  });

  test("a file that throws, does not parse or exports nothing", async () => {
    await expect(read({ "schema.ts": `throw new Error("no");` }, "schema.ts")).rejects.toThrow(
      failure("FILE_DOES_NOT_LOAD", /^schema\.ts failed while it was loaded: no$/),
    );
    await expect(read({ "schema.ts": "export const = 1" }, "schema.ts")).rejects.toThrow(
      failure("FILE_DOES_NOT_PARSE", /^schema\.ts /),
    );
    await expect(read({ "a.ts": "export const a = 1;", "b.ts": "" }, "*.ts")).rejects.toThrow(
      failure("SCHEMA_EMPTY", /exported by a\.ts and b\.ts$/),
    );
  });
});

describe("databases", () => {
  const postgresql = `import { pgTable, pgView, pgEnum, integer } from "drizzle-orm/pg-core"; import { sql } from "drizzle-orm";\n`;
  const mysql = `import { mysqlTable, int } from "drizzle-orm/mysql-core"; export const t = mysqlTable("t", { a: int("a") });`;

  test("objects of another one are refused", async () => {
    const cases = [
      [
        "sqlite",
        `${postgresql}export const t = pgTable("t", { a: integer("a") });`,
        "export t is a table of PostgreSQL, in the schema of sqlite",
      ],
      [
        "sqlite",
        `${postgresql}export const v = pgView("v", { a: integer("a") }).as(sql\`x\`);`,
        "export v is a view of PostgreSQL",
      ],
      [
        "sqlite",
        `${postgresql}export const e = pgEnum("e", ["a"]);`,
        "export e is an enum of PostgreSQL",
      ],
      ["postgresql", table("t"), "export t is a table of SQLite, in the schema of postgresql"],
      ["postgresql", mysql, "export t is a table of MySQL"],
    ] as const;
    for (const version of ["0.45", "1.0"] as const) {
      for (const [dialect, source, message] of cases) {
        await expect(
          readProject(createProject(version, { "schema.ts": source }), { dialect }),
        ).rejects.toThrow(failure("SCHEMA_DIALECT", new RegExp(`^schema\\.ts, ${message}`)));
      }
    }
  });
});

describe("drizzle-orm", () => {
  test("is the project's own", async () => {
    const root = createProject(null, { "schema.ts": "export const a = 1;" });
    await expect(readProject(root, { dialect: "sqlite" })).rejects.toThrow(
      failure("DRIVER_MISSING", /^the schema \(schema\.ts\) needs the package drizzle-orm/),
    );
  });

  test("is looked up from the schema file, not from the config", async () => {
    const root = createProject("0.45", {
      "packages/db/schema.ts": table("users"),
      "packages/db/package.json": "{}",
    });
    install(join(root, "packages/db"), "1.0");
    const schema = await readProject(root, { dialect: "sqlite", paths: ["packages/db/schema.ts"] });
    expect(schema.tables).toHaveLength(1);
  });

  test("two versions of it are refused", async () => {
    const root = createProject("0.45", { "a.ts": table("a"), "db/b.ts": table("b") });
    install(join(root, "db"), "1.0");
    await expect(readProject(root, { dialect: "sqlite", paths: ["a.ts", "db"] })).rejects.toThrow(
      failure("DRIZZLE_MIXED", /: 0\.45\.\d+ in a\.ts, 1\.0\.0-rc\.\d+ in db\/b\.ts$/),
    );
  });

  test("has to be of a version that can be read", () => {
    const supported = [
      "0.45.0",
      "0.45.9",
      "1.0.0-rc.5",
      "1.0.0-rc.12",
      "1.0.0",
      "1.2.3",
      "1.0.0-rc.5-abc",
    ];
    const others = ["0.44.7", "0.46.0", "1.0.0-beta.22", "1.0.0-rc.4", "2.0.0", "0.36.0", ""];
    expect(supported.filter((version) => !isSupported(version))).toEqual([]);
    expect(others.filter(isSupported)).toEqual([]);
  });
});
