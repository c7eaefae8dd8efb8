/** What cannot be imported is named, and leaves nothing behind. */
import { expect, test } from "vitest";
import { createProject } from "../support/project.ts";
import { beginOnSqlite, errorOf, type Story, succeeded } from "../support/story.ts";
import { imported, sha256, statesOf } from "./import-support.ts";
import { snapshot } from "./support.ts";

async function refused(files: Record<string, string | Buffer>, system = "sql", folder = "old") {
  const project = createProject(files as Record<string, string>);
  const before = snapshot(project);
  const failure = errorOf(await project.mig(["import", system, folder, "--json"]));
  expect(snapshot(project)).toEqual(before);
  return failure;
}

test("a folder that is not there, is a file, or is empty", async () => {
  expect((await refused({})).code).toBe("IMPORT_FOLDER");
  expect((await refused({ old: "x" })).message).toContain("it is a file");
  expect((await refused({ "old/notes.md": "" })).code).toBe("IMPORT_EMPTY");
  expect((await refused({ "old/notes.md": "" }, "drizzle")).help).toContain("_journal.json");
});

test("a system that nobody knows is a wrong usage", async () => {
  const { code, stderr } = await createProject().mig(["import", "flyway", "old"]);
  expect(code).toBe(2);
  expect(stderr).toContain("sql-updown");
});

test("Latin-1, psql's own commands and data for psql, with file and line", async () => {
  const latin = await refused({ "old/001_a.sql": Buffer.from("-- caf\xe9\n", "latin1") });
  expect(latin.message).toContain("UTF-8");
  const meta = await refused({ "old/001_a.sql": "SELECT 1;\n\\connect other\n" });
  expect([meta.code, meta.location]).toEqual(["IMPORT_FILE", "old/001_a.sql:2"]);
  const copy = await refused({ "old/001_a.sql": "SELECT 1;\n\nCOPY t FROM stdin;\n1\n\\.\n" });
  expect(copy.location).toBe("old/001_a.sql:3");
});

test("a module without SQL, and a journal that lists what is not there", async () => {
  const ts = await refused({ "old/001_a.ts": "export const up = 3;" }, "ts-strings");
  expect(ts.code).toBe("IMPORT_FILE");
  const journal = JSON.stringify({ entries: [{ idx: 0, when: 1, tag: "0000_a" }] });
  const kit = await refused({ "old/meta/_journal.json": journal }, "drizzle");
  expect(kit.message).toContain("0000_a.sql");
  const noJson = await refused({ "old/meta/_journal.json": "{" }, "drizzle");
  expect(noJson.code).toBe("IMPORT_FILE");
});

test("a journal, and a folder, that say nothing of a migration", async () => {
  for (const entry of [
    null,
    {},
    { idx: 0, tag: "0000_a" },
    { idx: 0, when: 1e20, tag: "0000_a" },
  ]) {
    const journal = JSON.stringify({ entries: [entry] });
    const files = { "old/meta/_journal.json": journal, "old/0000_a.sql": "SELECT 1;" };
    const { code, message } = await refused(files, "drizzle");
    expect([code, message]).toEqual([
      "IMPORT_FILE",
      `old/meta/_journal.json cannot be imported: an entry has no idx, when and tag: ${JSON.stringify(entry)}`,
    ]);
  }
  const noTime = { "old/99999999999999_a/migration.sql": "SELECT 1;" };
  expect((await refused(noTime, "drizzle")).message).toContain("does not begin with a time");
});

test("an id of the history, a file that is there, and two files of one id", async () => {
  const taken = { "versions/mine.sql": "-- revision: 001_a\n-- down-revision: none\n" };
  expect((await refused({ ...taken, "old/001_a.sql": "" })).code).toBe("IMPORT_CLASH");
  const there = { "versions/001_a.sql": "-- revision: other\n-- down-revision: none\n" };
  expect((await refused({ ...there, "old/001_a.sql": "" })).code).toBe("FILE_EXISTS");
  const twins = { "old/001_a b.sql": "", "old/001_a_b.sql": "" };
  expect((await refused(twins)).code).toBe("IMPORT_SAME_ID");
});

test("a dependency that is not there, or comes later", async () => {
  const lost = { "old/001_a.sql": "-- Depends: 000\nSELECT 1;" };
  expect((await refused(lost, "sql-updown")).message).toContain('"000"');
  const later = { "old/001_a.sql": "-- Depends: 002\nSELECT 1;", "old/002_b.sql": "SELECT 1;" };
  expect((await refused(later, "sql-updown")).code).toBe("DEPENDENCY_CYCLE");
});

/** A folder of each system with two migrations, and the table in which it keeps that both ran. */
const systems = {
  sql: {
    files: {
      "old/001_a.sql": "CREATE TABLE a (id integer);\n",
      "old/002_b.sql": "CREATE TABLE b (id integer);\n",
    },
    table: "CREATE TABLE migrations (filename text, checksum text, executed_at text)",
    rows: ["('001_a.sql', '#1', '2025-01-01')", "('002_b.sql', '#2', '2025-01-02')"],
    into: "migrations",
  },
  "sql-updown": {
    files: {
      "old/001_a.sql": "CREATE TABLE a (id integer);\n-- DOWN\nDROP TABLE a;\n",
      "old/002_b.sql": "CREATE TABLE b (id integer);\n-- DOWN\nDROP TABLE b;\n",
    },
    table: "CREATE TABLE schema_migrations (version text, checksum text, applied_at text)",
    rows: ["('001', '#1', '2025-01-01')", "('002', '#2', '2025-01-02')"],
    into: "schema_migrations",
  },
  "sql-pairs": {
    files: {
      "old/20250101_000000_a.sql": "CREATE TABLE a (id integer);\n",
      "old/20250101_000000_a_rollback.sql": "DROP TABLE a;\n",
      "old/20250102_000000_b.sql": "CREATE TABLE b (id integer);\n",
      "old/20250102_000000_b_rollback.sql": "DROP TABLE b;\n",
    },
    table: "CREATE TABLE schema_migrations (migration_name text, checksum text, applied_at text)",
    rows: [
      "('20250101_000000_a', '#1', '2025-01-01')",
      "('20250102_000000_b', '#3', '2025-01-02')",
    ],
    into: "schema_migrations",
  },
  "ts-strings": {
    files: {
      "old/001_a.ts":
        "export const up = `\nCREATE TABLE a (id integer);\n`;\nexport const down = `\nDROP TABLE a;\n`;\n",
      "old/002_b.ts":
        "export const up = `\nCREATE TABLE b (id integer);\n`;\nexport const down = `\nDROP TABLE b;\n`;\n",
    },
    table: "CREATE TABLE migrations (id text, name text, executed_at text, batch integer)",
    rows: ["('001', '001_a', '2025-01-01', 1)", "('002', '002_b', '2025-01-02', 1)"],
    into: "migrations",
  },
  drizzle: {
    files: {
      "old/0000_a.sql": "CREATE TABLE a (id integer);\n",
      "old/0001_b.sql": "CREATE TABLE b (id integer);\n",
      "old/meta/_journal.json": JSON.stringify({
        dialect: "sqlite",
        entries: [
          { idx: 0, when: 1735689600000, tag: "0000_a" },
          { idx: 1, when: 1735776000000, tag: "0001_b" },
        ],
      }),
    },
    table: "CREATE TABLE __drizzle_migrations (id integer, hash text, created_at numeric)",
    rows: ["(1, '#1', 1735689600000)", "(2, '#2', 1735776000000)"],
    into: "__drizzle_migrations",
  },
  alembic: {
    files: {
      "old/versions/a.py":
        'revision = "aa01"\ndown_revision = None\n\ndef upgrade():\n    op.execute("CREATE TABLE a (id integer)")\n\ndef downgrade():\n    op.drop_table("a")\n',
      "old/versions/b.py":
        'revision = "bb02"\ndown_revision = "aa01"\n\ndef upgrade():\n    op.execute("CREATE TABLE b (id integer)")\n\ndef downgrade():\n    op.drop_table("b")\n',
    },
    table: "CREATE TABLE alembic_version (version_num text)",
    rows: ["('bb02')"],
    into: "alembic_version",
  },
} as const;

type SystemName = keyof typeof systems;
const names = Object.keys(systems) as SystemName[];
const sqlSystems = names.filter((name) => name !== "alembic");

/** The files of a system with `change` made to the second migration, or the one that it names. */
function filesOf(system: SystemName, change: (text: string) => string | Buffer, which = 1) {
  const files: Record<string, string> = { ...systems[system].files };
  const migrations = Object.keys(files).filter((name) => !/rollback|json/.test(name));
  const name = migrations[which] ?? "";
  return { name, files: { ...files, [name]: change(files[name] ?? "") as string } };
}

/** A database in which both ran. */
async function applied(system: SystemName, files: Record<string, string>): Promise<Story> {
  const { table, rows, into } = systems[system];
  const story = await beginOnSqlite(files);
  const texts = Object.values(systems[system].files);
  const told = rows
    .join(", ")
    .replace(/#(\d)/g, (_, at: string) => sha256(texts[Number(at) - 1] ?? ""));
  await story.exec(`${table}; INSERT INTO ${into} VALUES ${told};`);
  return story;
}

/** Refused, with nothing changed on disk and in the database; with --force it is done. */
async function forced(story: Story, system: SystemName): Promise<Record<string, string>> {
  const before = snapshot(story);
  const args = ["import", system, "old", "--json"];
  const failure = errorOf(await story.mig(args));
  expect(snapshot(story)).toEqual(before);
  succeeded(await story.mig([...args, "--force"]));
  return failure;
}

for (const system of names) {
  test(`${system}: as it should be, then without a file that ran`, async () => {
    const { files } = systems[system];
    const good = await applied(system, files);
    succeeded(await good.mig(["import", system, "old"]));
    expect((await statesOf(good)).map((it) => it.split(" ")[1])).toEqual(["applied", "applied"]);

    const { name } = filesOf(system, (text) => text);
    const lost: Record<string, string> = Object.fromEntries(
      Object.entries(files).filter(([each]) => each !== name),
    );
    const journal = "old/meta/_journal.json";
    if (lost[journal]) lost[journal] = lost[journal].replace(/,\{"idx":1[^}]*\}/, "");
    const failure = await forced(await applied(system, lost), system);
    expect(failure.code).toBe("IMPORT_ROW_WITHOUT_FILE");
  });

  test(`${system}: Latin-1 with its line; CRLF and a byte order mark are named`, async () => {
    const latin = (text: string) =>
      Buffer.from(
        `${system === "ts-strings" ? "//" : system === "alembic" ? "#" : "--"} a\n${text}caf\xe9\n`,
        "latin1",
      );
    const comment = { "ts-strings": "// ", alembic: "# " }[system as string] ?? "-- ";
    const bad = filesOf(system, (text) => latin(`${text}${comment}`));
    const lines =
      (systems[system].files as Record<string, string>)[bad.name]?.split("\n").length ?? 0;
    const failure = await forced(await beginOnSqlite(bad.files), system);
    expect([failure.code, failure.location]).toEqual(["IMPORT_FILE", `${bad.name}:${lines + 1}`]);

    const windows = filesOf(system, (text) => `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    const story = await beginOnSqlite(windows.files);
    const { json } = succeeded(await story.mig(["import", system, "old", "--json"]));
    const told = json<{ warnings: string[] }>().warnings.join("\n");
    expect(told).toContain(`a byte order mark was taken out of ${windows.name}`);
    expect(told).toContain(`CRLF line ends became LF in ${windows.name}`);
  });

  test(`${system}: another system in the folder`, async () => {
    const [other, file] = system === "alembic" ? ["sql", "old/001_x.sql"] : ["alembic", "old/x.py"];
    const files = { ...systems[system].files, [file]: "revision = 'x'\n" };
    const failure = await refused(files, system);
    expect([failure.code, failure.location]).toEqual(["IMPORT_MIXED", file]);
    expect(failure.message).toContain(`"${other}"`);
  });
}

for (const system of sqlSystems) {
  test(`${system}: psql's commands and rows, with their line in the file`, async () => {
    const statement = /(CREATE TABLE b \(id integer\);\n)/;
    const meta = filesOf(system, (text) => text.replace(statement, "$1\\connect other\n"));
    const written = system === "ts-strings" ? meta.files[meta.name]?.replace("\\c", "\\\\c") : null;
    const files = written ? { ...meta.files, [meta.name]: written } : meta.files;
    const line = system === "ts-strings" ? 3 : 2;
    const story = await beginOnSqlite(files);
    const failure = await forced(story, system);
    expect([failure.code, failure.location]).toEqual(["IMPORT_FILE", `${meta.name}:${line}`]);
    expect(failure.message).toContain(`"\\connect" is for psql`);
    const run = await story.mig(["upgrade"]);
    expect(run.stderr).toContain("imported_from_psql_and_not_written_yet");

    const copy = filesOf(system, (text) =>
      text.replace(statement, "$1COPY b FROM stdin;\n1'\n;\nSELECT 2;\n"),
    );
    const rows = await refused(copy.files, system);
    expect(rows.location).toBe(`${copy.name}:${line}`);
  });
}

test("alembic: what psql does stays Python, and the import names the file", async () => {
  const { name, files } = filesOf("alembic", (text) =>
    text.replace("CREATE TABLE b (id integer)", "COPY b FROM stdin"),
  );
  const story = await beginOnSqlite(files);
  const told = succeeded(await story.mig(["import", "alembic", "old"])).stderr;
  expect(told).toContain(`${name}: 1 statement stays Python`);
  expect((await story.mig(["upgrade"])).code).toBe(1);
});

test("a checksum that differs, where the system keeps one", async () => {
  for (const system of ["sql", "sql-updown", "sql-pairs", "drizzle"] as const) {
    const { name, files } = filesOf(system, (text) => `-- edited\n${text}`, 0);
    const story = await applied(system, files);
    const failure = await forced(story, system);
    expect([failure.code, failure.message?.includes(name)]).toEqual(["IMPORT_CHECKSUM", true]);
    expect((await statesOf(story))[0]).toContain("modified");
  }
});

test("a gap and a duplicate in the numbers", async () => {
  const renumbered = (system: SystemName, to: string) => {
    const { name, files } = filesOf(system, (text) => text);
    const { [name]: text = "", ...rest } = files;
    const there = name.replace(/\/\d+/, `/${to}`);
    const renamed = Object.entries(rest).map(([each, it]) => [
      each,
      it.replace("0001_b", `${to}_b`),
    ]);
    return { there, files: { ...Object.fromEntries(renamed), [there]: text } };
  };
  for (const system of ["sql", "sql-updown", "ts-strings", "drizzle"] as const) {
    const gap = renumbered(system, system === "drizzle" ? "0005" : "005");
    const failure = await refused(gap.files, system);
    expect([failure.code, failure.location]).toEqual(["IMPORT_FILE", gap.there]);
    expect(failure.message ?? "").toMatch(/there is no 0?00[12] between/);
  }
  for (const system of ["ts-strings", "drizzle"] as const) {
    const twice = renumbered(system, system === "drizzle" ? "0000" : "001");
    const failure = await refused(twice.files, system);
    expect(failure.message).toContain("it has the number of");
  }
  // What is told apart by nothing else cannot be forced, and numbered SQL files may share a number.
  expect((await refused(renumbered("sql-updown", "001").files, "sql-updown")).code).toBe(
    "IMPORT_SAME_ID",
  );
  await forced(await beginOnSqlite(renumbered("ts-strings", "001").files), "ts-strings");
  const shared = await beginOnSqlite(renumbered("sql", "001").files);
  succeeded(await shared.mig(["import", "sql", "old"]));
  const lost = filesOf("alembic", (text) => text.replace('"aa01"', '"cc03"'));
  expect((await refused(lost.files, "alembic")).code).toBe("MISSING_PARENT");
  const twins = filesOf("alembic", (text) => text.replace("bb02", "aa01"));
  expect((await refused(twins.files, "alembic")).code).toBe("IMPORT_SAME_ID");
});

test("a file without a way back is named, and cannot be downgraded", async () => {
  const { "old/20250102_000000_b_rollback.sql": _, ...pairs } = systems["sql-pairs"].files;
  const one = {
    "sql-updown": filesOf("sql-updown", (text) => text.replace(/-- DOWN[\s\S]*/, "")),
    "sql-pairs": { name: "old/20250102_000000_b.sql", files: pairs },
    "ts-strings": filesOf("ts-strings", (text) => text.replace(/export const down[\s\S]*/, "")),
    alembic: filesOf("alembic", (text) => text.replace(/def downgrade[\s\S]*/, "")),
  };
  for (const [system, { name, files }] of Object.entries(one)) {
    const story = await beginOnSqlite(files as Record<string, string>);
    const { stderr } = succeeded(await story.mig(["import", system, "old"]));
    expect(stderr).toContain(
      `1 of 2 revisions cannot be downgraded: they had nothing to undo them (${name})`,
    );
    if (system !== "sql-updown" && system !== "alembic") continue;
    succeeded(await story.mig(["upgrade"]));
    expect(errorOf(await story.mig(["downgrade", "-1", "--json"])).code).toBe("NO_SCRIPT");
  }
});

test("files with a section -- DOWN are not taken for files without", async () => {
  const story = await beginOnSqlite(systems["sql-updown"].files);
  const failure = await forced(story, "sql");
  expect([failure.code, failure.location]).toEqual(["IMPORT_FILE", "old/001_a.sql:2"]);
  expect(failure.message).toContain("sql-updown");
});

test("a program of the old tool in Python makes no folder one of Alembic's", async () => {
  const story = await beginOnSqlite({
    "old/migration_manager.py": "def migrate(env): ...\n",
    "old/20250101_100000_a.sql": "CREATE TABLE a (id integer);",
  });
  const { revisions } = await imported(story, "sql-pairs");
  expect(revisions.map(({ revision }) => revision)).toEqual(["20250101_100000_a"]);
});
