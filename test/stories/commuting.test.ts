/** `mig merge`: branches that commute, and branches that clash. */
import { describe, expect, test } from "vitest";
import { createProject, type Project, revisionFile } from "../support/project.ts";
import { succeeded } from "../support/story.ts";
import { snapshot } from "./support.ts";

const both = `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  environments: { dev: { url: "sqlite:data/dev.db" }, production: { url: "postgres://nobody@127.0.0.1:1/x" } },
});
`;

const base = revisionFile({
  revision: "a",
  upgrade: `op.createTable("users", [t.integer("id", { notNull: true }), t.varchar("email", { length: 50 })], [primaryKey("users_pkey", ["id"])]);`,
});

function fork(left: string, right: string, more: Readonly<Record<string, string>> = {}): Project {
  return createProject({
    "versions/a.ts": base,
    "versions/b.ts": revisionFile({ revision: "b", down: "a", upgrade: left }),
    "versions/c.ts": revisionFile({ revision: "c", down: "a", upgrade: right }),
    ...more,
  });
}

const merge = ["merge", "heads", "-m", "m", "--rev-id", "m"];

/** Refused, and nothing is written; gives what it says. */
async function refused(project: Project): Promise<string> {
  const before = snapshot(project);
  const { code, stdout, stderr } = await project.mig(merge);
  expect([code, stdout]).toEqual([1, ""]);
  expect(snapshot(project)).toEqual(before);
  return stderr;
}

const help =
  "help: no file was written: behind the merge databases would differ by the branch that they ran first. Let one branch follow the other (downRevision of its first revision), if no database has both; or write the merge with --force, and settle it in its upgrade\n";

describe("branches", () => {
  test("that commute are merged, and that is said, for each database of the config", async () => {
    const project = fork(
      `op.addColumn("users", t.text("nick")); op.createIndex("users_nick_idx", "users", ["nick"]);`,
      `op.addColumn("users", t.text("bio")); op.alterColumn("users", "email", { notNull: true });`,
      { "migrator.config.ts": both },
    );
    const { stdout, stderr } = succeeded(await project.mig(merge));
    expect(stdout).toMatch(/^wrote versions\/\d{8}_\d{6}_m_m\.ts\n$/);
    expect(stderr).toBe(
      "b and c commute on postgresql and sqlite: either order leads to the same schema\n",
    );
    // In either order.
    for (const [first, second] of [
      ["b", "c"],
      ["c", "b"],
    ] as const) {
      const env = { DATABASE_URL: `sqlite:data/${first}.db` };
      const options = { env, args: ["--url", env.DATABASE_URL] };
      succeeded(await project.mig(["upgrade", first, ...options.args]));
      succeeded(await project.mig(["upgrade", second, ...options.args]));
      succeeded(await project.mig(["upgrade", "head", ...options.args]));
    }
  });

  test("that change the same are refused, and the clash is named", async () => {
    const project = fork(
      `op.alterColumn("users", "email", { type: t.varchar("email", { length: 90 }).type });`,
      `op.alterColumn("users", "email", { type: t.varchar("email", { length: 70 }).type });`,
    );
    expect(await refused(project)).toBe(
      `error: the branches do not commute: on sqlite b and then c leads elsewhere than the other way round (~ column users.email: varchar(70) -> varchar(90)); both change users.email\n${help}`,
    );
    const failure = (await project.mig([...merge, "--json"])).json<{ error: { code: string } }>();
    expect(failure.error.code).toBe("BRANCHES_CLASH");

    const forced = succeeded(await project.mig([...merge, "--force"]));
    expect(forced.stdout).toMatch(/^wrote versions/);
    expect(forced.stderr).toMatch(/^warning: the branches do not commute: on sqlite b and then c/);
  });

  test("of which one does not run behind the other are refused, with its place", async () => {
    const project = fork(
      `op.renameColumn("users", "email", "mail");`,
      `op.createIndex("users_email_idx", "users", ["email"]);`,
    );
    const said = await refused(project);
    expect(said).toContain(
      "error: the branches do not commute: on sqlite c does not run behind b: ",
    );
    expect(said).toContain("  versions/c.ts:");
    expect(said).toContain('CREATE INDEX "users_email_idx"');

    const twice = `op.createTable("posts", [t.integer("id")]);`;
    expect(await refused(fork(twice, twice))).toContain("; both change posts\n");
  });

  test("that clash on the other database only are refused, too", async () => {
    // SQLite has no schemas, and each table its own.
    const project = fork(
      `op.on("postgresql", (op) => op.createEnum("mood", ["a"]));`,
      `op.on("postgresql", (op) => op.createEnum("mood", ["b"]));`,
      { "migrator.config.ts": both },
    );
    expect(await refused(project)).toContain("on postgresql c does not run behind b: ");
  });

  test("that do rows are said to be compared by their schemas", async () => {
    const project = fork(
      `op.addColumn("users", t.text("nick"));`,
      `op.execute("UPDATE users SET email = 'x'");`,
    );
    expect(succeeded(await project.mig(merge)).stderr).toBe(
      "b and c commute on sqlite: either order leads to the same schema; what their own SQL and work do to rows was not compared\n",
    );
  });
});

describe("a merge is written, and what was not tried is said, where", () => {
  const left = `op.addColumn("users", t.text("nick"));`;

  test("a branch does not run on an empty database", async () => {
    const project = fork(left, `op.execute("INSERT INTO legacy VALUES (1)");`);
    expect(succeeded(await project.mig(merge)).stderr).toBe(
      "whether b and c commute on sqlite was not tried: revision c failed: no such table: legacy\n",
    );
  });

  test("no engine is there", async () => {
    const config = both.replace(
      "environments",
      `scratch: { postgresql: "postgres://nobody@127.0.0.1:1/x" },\n  environments`,
    );
    const project = fork(left, `op.addColumn("users", t.text("bio"));`, {
      "migrator.config.ts": config,
    });
    const { stderr } = succeeded(await project.mig(merge));
    expect(stderr).toMatch(/^b and c commute on sqlite: either order leads to the same schema$/m);
    expect(stderr).toMatch(
      /^whether b and c commute on postgresql was not tried: cannot connect to postgres:\/\/nobody@127\.0\.0\.1:1\/x/m,
    );
  });

  test("the config knows no database", async () => {
    const project = fork(left, `op.addColumn("users", t.text("bio"));`, {
      "migrator.config.ts": "export default {};\n",
    });
    const { stderr } = succeeded(await project.mig(merge));
    expect(stderr).toMatch(/^whether b and c commute was not tried: /);
  });
});

test("three branches are run there and back", async () => {
  const column = (name: string) => `op.addColumn("users", t.text("${name}"));`;
  const third = (upgrade: string) => ({
    "versions/d.ts": revisionFile({ revision: "d", down: "a", upgrade }),
  });
  const fine = fork(column("x"), column("y"), third(column("z")));
  expect(succeeded(await fine.mig(merge)).stderr).toContain("b, c and d commute on sqlite");
  expect(await refused(fork(column("x"), column("y"), third(column("x"))))).toContain(
    "on sqlite d does not run behind b and c: ",
  );
});
