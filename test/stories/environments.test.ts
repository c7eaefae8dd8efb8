/** Which database a command is about, and what stands before it. */
import { describe, expect, test } from "vitest";
import { createProject } from "../support/project.ts";
import { refuses, revisions, snapshot } from "./support.ts";

/** A project with these environments and one revision. */
const withEnvironments = (environments: string, more = "") =>
  createProject({
    ...revisions({ a: null }),
    "migrator.config.ts": `export default { environments: { ${environments} }, ${more} };\n`,
  });

/** The databases that are there. */
function databases(project: ReturnType<typeof createProject>): readonly string[] {
  return Object.keys(snapshot(project)).filter((name) => name.endsWith(".db"));
}

const urlHelp =
  "help: write sqlite:path/to/file.db, sqlite::memory:, postgres://user@host:5432/database, pglite:path/to/folder";

describe("the environment", () => {
  const two = 'dev: { url: "sqlite:dev.db" }, prod: { url: process.env.PROD_URL }';

  test("is the default one, the first one, or the one that -n names", async () => {
    const project = withEnvironments(two);
    await project.mig(["upgrade"], { env: { PROD_URL: "sqlite:prod.db" } });
    expect(databases(project)).toEqual(["dev.db"]);
    await project.mig(["upgrade", "--env", "prod"], { env: { PROD_URL: "sqlite:prod.db" } });
    expect(databases(project)).toEqual(["dev.db", "prod.db"]);
    const other = withEnvironments(two, 'defaultEnvironment: "prod"');
    await other.mig(["upgrade"], { env: { PROD_URL: "sqlite:prod.db" } });
    expect(databases(other)).toEqual(["prod.db"]);
  });

  test("has to be one of the config", async () => {
    await refuses(withEnvironments(two), ["-n", "produktion", "upgrade"], {
      code: "UNKNOWN_ENVIRONMENT",
      says: 'error: there is no environment "produktion"\nhelp: the config has dev and prod',
    });
    await refuses(
      createProject({ "migrator.config.ts": "export default {};" }),
      ["-n", "dev", "current"],
      {
        code: "UNKNOWN_ENVIRONMENT",
        says: 'error: there is no environment "dev"\nhelp: the config has no `environments`',
      },
    );
    await refuses(withEnvironments(two), ["-n", "toString", "upgrade"], {
      code: "UNKNOWN_ENVIRONMENT",
      says: 'error: there is no environment "toString"\nhelp: the config has dev and prod',
    });
  });

  test("without a URL never takes the developer's DATABASE_URL, unless it is the default", async () => {
    const project = withEnvironments(two);
    const help =
      "set its `url` in the config (or the variable that it reads), or say --url; DATABASE_URL stands in for the default environment only";
    for (const command of ["upgrade", "current", "status"]) {
      await refuses(project, ["-n", "prod", command], {
        code: "NO_URL",
        options: { env: { DATABASE_URL: "sqlite:developers.db", PROD_URL: "" } },
        says: `error: environment "prod" has no database URL\nhelp: ${help}`,
      });
    }
    const standsIn = withEnvironments("dev: {}");
    await standsIn.mig(["upgrade"], { env: { DATABASE_URL: "sqlite:developers.db" } });
    expect(databases(standsIn)).toEqual(["developers.db"]);
  });

  test("without any URL says where one may come from", async () => {
    await refuses(withEnvironments("dev: {}"), ["upgrade"], {
      code: "NO_URL",
      says: `error: environment "dev" has no database URL
help: set its \`url\` in the config (or the variable that it reads), DATABASE_URL, or DB_HOST and DB_NAME; or say --url`,
    });
  });

  test("needs no URL where no database is asked", async () => {
    const project = withEnvironments("dev: {}");
    for (const args of [["history"], ["heads"], ["show", "head"], ["revision", "-m", "x"]]) {
      expect(await project.mig(args)).toMatchObject({ code: 0, stderr: "" });
    }
  });
});

describe("its URL", () => {
  test("is overridden by --url", async () => {
    const project = withEnvironments('dev: { url: "sqlite:dev.db" }');
    const env = { DATABASE_URL: "sqlite:variable.db" };
    await project.mig(["upgrade", "--url", "sqlite:nested/given.db"], { env });
    expect(databases(project)).toEqual(["nested/given.db"]);
  });

  test.each([
    "sqlite:it.db",
    "sqlite:./it.db",
    "file:it.db",
    "SQLite:it.db",
    "file:it.db?mode=rwc",
  ])("may be %s", async (url) => {
    const project = withEnvironments("dev: {}");
    expect(await project.mig(["upgrade", "--url", url])).toMatchObject({ code: 0, stderr: "" });
    expect(databases(project)).toEqual(["it.db"]);
  });

  test("may be in memory, where nothing stays", async () => {
    const project = withEnvironments("dev: {}");
    const before = snapshot(project);
    expect(await project.mig(["upgrade", "--url", "sqlite::memory:"])).toMatchObject({ code: 0 });
    expect(snapshot(project)).toEqual(before);
  });

  test.each([
    ["mysql://me:s3cret@host/app", "mysql://me:***@host/app", 'mig does not know "mysql:"'],
    ["libsql://host?password=s3cret", "libsql://host?password=***", 'mig does not know "libsql:"'],
    ["app.db", "app.db", "it does not say which database"],
    ["", "", "it does not say which database"],
    ["sqlite:", "sqlite:", "it names no file"],
    ["file:///%zz", "file:///%zz", "URI malformed"],
  ])("may not be %j", async (url, shown, why) => {
    const { message, help } = await refuses(
      withEnvironments("dev: {}"),
      ["upgrade", "--url", url],
      {
        code: "URL_INVALID",
        says: `error: "${shown}" is not a database URL: ${why}\n${urlHelp}`,
      },
    );
    expect(message + help).not.toContain("s3cret");
  });

  test("is made of DB_HOST and its like where there is none, and its password is never told", async () => {
    const env = {
      DB_HOST: "127.0.0.1",
      DB_PORT: "1",
      DB_NAME: "my app",
      DB_USER: "me@home",
      DB_PASSWORD: "s3/cret@",
    };
    const project = withEnvironments("dev: {}");
    const { message } = await refuses(project, ["upgrade"], {
      code: "UNREACHABLE",
      options: { env },
      says: `error: cannot connect to postgres://me%40home:***@127.0.0.1:1/my%20app: connect ECONNREFUSED 127.0.0.1:1
help: check that the server runs and takes connections, the host and the port`,
    });
    expect(message).not.toMatch(/s3|cret/);
    const url = "sqlite:wins.db";
    await project.mig(["upgrade"], { env: { ...env, DATABASE_URL: url } });
    expect(databases(project)).toEqual(["wins.db"]);
  });
});

describe("a read-only environment", () => {
  const readOnly = () => withEnvironments('dev: { url: "sqlite:dev.db", readOnly: true }');

  test.each([[["upgrade"]], [["upgrade", "--yes"]], [["downgrade", "base"]], [["stamp", "head"]]])(
    "refuses %j",
    async (args) => {
      await refuses(readOnly(), args, {
        code: "READ_ONLY_ENVIRONMENT",
        says: `error: environment "dev" is read-only
help: choose another environment with -n, or change \`readOnly\` in the config`,
      });
    },
  );

  test("lets everything be looked at", async () => {
    const project = readOnly();
    const before = snapshot(project);
    for (const args of [
      ["current"],
      ["status"],
      ["history", "-i"],
      ["upgrade", "--dry-run"],
      ["upgrade", "--sql"],
      ["stamp", "head", "--sql"],
    ]) {
      expect(await project.mig(args), args.join(" ")).toMatchObject({ code: 0 });
    }
    expect(snapshot(project)).toEqual(before);
  });
});

describe("a protected environment", () => {
  const protectedOne = () => withEnvironments('prod: { url: "sqlite:prod.db", protected: true }');

  test.each([
    ["upgrade", "upgrade"],
    ["downgrade", "downgrade base"],
    ["stamp", "stamp head"],
  ])("is not changed by %s where nobody can be asked", async (command, line) => {
    await refuses(protectedOne(), line.split(" "), {
      code: "NOT_CONFIRMED",
      options: { input: "prod\n" },
      says: `error: environment "prod" is protected, and ${command} was not confirmed
help: type the environment's name when asked, or say --yes where nobody can answer`,
    });
  });

  test("is changed with --yes", async () => {
    const project = protectedOne();
    for (const line of ["upgrade --yes", "downgrade base --yes", "stamp head --yes"]) {
      expect(await project.mig(line.split(" "))).toMatchObject({ code: 0, stderr: "" });
    }
    expect((await project.mig(["current", "--json"])).json()).toMatchObject({ current: ["a"] });
  });

  test("is looked at without a question", async () => {
    const project = protectedOne();
    for (const line of ["current", "status", "upgrade --dry-run", "upgrade --sql"]) {
      expect(await project.mig(line.split(" "))).toMatchObject({ code: 0 });
    }
    expect(databases(project)).toEqual([]);
  });

  test("stays protected when --url leads elsewhere", async () => {
    const { code } = await protectedOne().mig(["upgrade", "--url", "sqlite:other.db"]);
    expect(code).toBe(1);
  });
});

describe("a backup", () => {
  const withBackup = (command: string) =>
    withEnvironments(`dev: { url: "sqlite:dev.db", backup: ${JSON.stringify(command)} }`);

  test("is run before the first revision, with the URL, and only if there is something to run", async () => {
    const command = 'echo "$DATABASE_URL" >> backup.txt; echo loud';
    const project = withBackup(command);
    const noted = `backing up dev: ${command}\nloud\n`;
    const first = await project.mig(["upgrade", "--json"]);
    expect([first.code, first.stderr]).toEqual([0, noted]);
    expect(first.json()).toMatchObject({ current: ["a"] });
    const second = await project.mig(["upgrade"]);
    expect([second.code, second.stdout, second.stderr]).toEqual([0, "", "already up to date\n"]);
    expect(project.read("backup.txt")).toBe("sqlite:dev.db\n");
    expect(await project.mig(["downgrade", "base"])).toMatchObject({ code: 0, stderr: noted });
    expect(project.read("backup.txt")).toBe("sqlite:dev.db\nsqlite:dev.db\n");
  });

  test("does not run for a look or a script", async () => {
    const project = withBackup("touch backup.txt");
    await project.mig(["upgrade", "--dry-run"]);
    await project.mig(["upgrade", "--sql"]);
    expect(Object.keys(snapshot(project))).not.toContain("backup.txt");
  });

  test("does not run for a history that is wrong", async () => {
    const project = withBackup("touch backup.txt");
    project.write({
      "versions/b.ts": 'export const revision = "b";\nexport const downRevision = "a";\n',
    });
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 1 });
    expect(Object.keys(snapshot(project))).not.toContain("backup.txt");
  });

  test.each([
    ["exit 3", "it ended with code 3"],
    ["no-such-command-here 2>/dev/null", "it ended with code 127"],
    ["kill -9 $$", "it was ended by SIGKILL"],
  ])("that fails (%s) stops the run", async (command, why) => {
    const project = withBackup(command);
    await refuses(project, ["upgrade"], {
      code: "BACKUP_FAILED",
      notes: `backing up dev: ${command}\n`,
      says: `error: the backup failed: ${why}
help: nothing was run; correct \`backup\` of the environment (${command})`,
    });
  });
});
