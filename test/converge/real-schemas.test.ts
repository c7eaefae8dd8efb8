/** Schemas as projects have them: drafted from nothing, edited, drafted again, and all the way back. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { postgresObjects, sqliteObjects } from "../support/object-dump.ts";
import { forEachDatabase, type Story, succeeded } from "../support/story.ts";
import { differences, install, useSchema, type Version } from "./drizzle-kit-support.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures/real");

interface RealSchema {
  readonly dialect: "sqlite" | "postgresql";
  readonly name: string;
  readonly version: Version;
  /** What is in the database before the project is. */
  readonly surroundings?: string;
  /** Rows of the first schema. */
  readonly rows: string;
  /** What of them has to be there under the second one. */
  readonly kept: string;
  readonly flags?: readonly string[];
}

const schemas: readonly RealSchema[] = [
  {
    dialect: "postgresql",
    name: "search",
    version: "0.45",
    surroundings: `CREATE EXTENSION citext; CREATE EXTENSION pg_trgm;
      CREATE DOMAIN embedding3 AS real[] CHECK (array_length(VALUE, 1) = 3);`,
    rows: `INSERT INTO articles (slug, title, summary, body, likeness) VALUES ('One', 'First', 'short', 'long', '{1,2,3}');
      INSERT INTO article_chunks (article_id, content) SELECT id, 'c' FROM articles;`,
    kept: "SELECT slug || ' ' || title || ' ' || likeness::text || ' ' || content AS row FROM articles JOIN article_chunks ON article_id = articles.id",
  },
  {
    dialect: "postgresql",
    name: "tenants",
    version: "1.0",
    surroundings: `CREATE SCHEMA auth;
      CREATE FUNCTION auth.user_id() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT 7 $$;`,
    rows: `INSERT INTO organizations (slug, settings) VALUES ('acme', '{a,b}');
      INSERT INTO members (organization_id, role, roles) SELECT id, 'admin', '{owner,member}' FROM organizations;
      INSERT INTO billing.invoices (organization_id, user_id, total) SELECT organization_id, user_id, 9.5 FROM members;`,
    kept: "SELECT slug || ' ' || role::text || ' ' || roles::text || ' ' || total AS row FROM organizations o JOIN members m ON organization_id = o.id JOIN billing.invoices i USING (organization_id)",
  },
  {
    dialect: "sqlite",
    name: "forum",
    version: "0.45",
    rows: `INSERT INTO forum_users (id, name, email) VALUES ('u', 'Ada', 'ada@example.org');
      INSERT INTO forum_posts (id, user_id, title, body) VALUES (1, 'u', 'One', 'words of it'), (2, NULL, 'Two', 'more');
      UPDATE forum_posts SET parent_id = 1 WHERE id = 2;
      INSERT INTO forum_tags VALUES ('t');
      INSERT INTO forum_post_tags VALUES (1, 't'), (2, 't');
      INSERT INTO forum_votes VALUES (1, 't', 1), (2, 't', -1);`,
    kept: "SELECT p.id || title || coalesce(parent_id, '-') || v.tag || value || coalesce(name, '-') AS row FROM forum_posts p JOIN forum_votes v ON post_id = p.id LEFT JOIN forum_users u ON u.id = user_id ORDER BY 1",
  },
];

function use(story: Story, file: string): void {
  const text = readFileSync(join(fixtures, story.dialect, `${file}.ts`), "utf8");
  story.write({ "schema/schema.ts": text });
}

/** Everything but mig's own; where a column stands is not told. */
async function objects({ dialect, rows }: Story): Promise<readonly string[]> {
  const all = await (dialect === "sqlite" ? sqliteObjects(rows) : postgresObjects(rows));
  return all.filter((line) => !/\bmig_/.test(line)).map((line) => line.replace(/: \d+ /, ": "));
}

async function draft(story: Story, id: string, flags: readonly string[] = []): Promise<void> {
  succeeded(await story.mig(["revision", "--autogenerate", "-m", id, "--rev-id", id, ...flags]));
}

async function run(story: Story, ...args: readonly string[]): Promise<void> {
  succeeded(await story.mig(args));
}

forEachDatabase(({ dialect, begin }) => {
  test.each(schemas.filter((it) => it.dialect === dialect))(
    "$name, with drizzle-orm $version",
    async ({ name, version, surroundings, rows, kept, flags }) => {
      const story = await begin();
      useSchema(story, { files: [] });
      install(story, version);
      await story.exec(surroundings ?? "");
      const nothing = await objects(story);

      use(story, `${name}-before`);
      await draft(story, "first");
      await run(story, "upgrade");
      expect(await differences(story)).toEqual([]);
      const before = await objects(story);
      await story.exec(rows);
      const were = await story.rows(kept);
      expect(were.length).toBeGreaterThan(0);

      use(story, `${name}-after`);
      expect(await differences(story)).not.toEqual([]);
      await draft(story, "second", flags);
      await run(story, "upgrade");
      expect(await differences(story)).toEqual([]);
      expect(await story.rows(kept)).toEqual(were);

      await run(story, "downgrade", "first");
      expect(await objects(story)).toEqual(before);
      expect(await story.rows(kept)).toEqual(were);
      await run(story, "downgrade", "base");
      expect(await objects(story)).toEqual(nothing);
    },
  );

  test("the schemas of the drizzle-kit tests", async () => {
    const story = await begin();
    useSchema(story, {});
    install(story, dialect === "sqlite" ? "0.45" : "1.0");
    await story.exec("");
    const nothing = await objects(story);
    await draft(story, "first");
    await run(story, "upgrade");
    expect(await differences(story)).toEqual([]);
    await run(story, "downgrade", "base");
    expect(await objects(story)).toEqual(nothing);
  });
});
