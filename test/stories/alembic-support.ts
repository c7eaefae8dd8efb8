/** A project of Alembic, a stand-in for `alembic` that says what the real one said, and databases as it leaves them. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Story } from "../support/story.ts";

export const fixture = resolve(import.meta.dirname, "../fixtures/adopt/alembic");

/** The files of the backend, in the folder `backend` of a project. */
export const backend: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(join(fixture, "backend"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:py|ini)$/.test(name))
    .map((name) => [`backend/${name}`, readFileSync(join(fixture, "backend", name), "utf8")]),
);

interface Recorded {
  readonly offline: Readonly<
    Record<"postgresql" | "sqlite", Readonly<Record<string, { readonly stdout: string }>>>
  >;
  readonly sqlite: Readonly<Record<"half" | "head", readonly string[]>>;
}

const recorded = JSON.parse(readFileSync(join(fixture, "recorded.json"), "utf8")) as Recorded;

/** No Alembic, wherever the tests run. */
export const withoutAlembic = { env: { PATH: "" } };

/** Put the stand-in into the project's .venv, where Alembic usually is. */
export function installAlembic({ folder }: Pick<Story, "folder">): void {
  const bin = join(folder, "backend/.venv/bin");
  mkdirSync(bin, { recursive: true });
  const program = `#!${process.execPath}
import { readFileSync } from "node:fs";
const { offline } = JSON.parse(readFileSync(${JSON.stringify(join(fixture, "recorded.json"))}, "utf8"));
const [dialect] = (process.env.DATABASE_URL ?? "").split(":");
const answer = offline[dialect]?.[process.argv.slice(2, -1).join(" ")];
if (!answer || process.argv.at(-1) !== "--sql") throw new Error("not recorded: " + process.argv.slice(2).join(" "));
process.stdout.write(answer.stdout);
process.stderr.write(answer.stderr);
process.exitCode = answer.status;
`;
  writeFileSync(join(bin, "alembic"), program);
  chmodSync(join(bin, "alembic"), 0o755);
}

/** The branches are applied, the merge and what follows are not. */
export async function leaveHalf(story: Story): Promise<void> {
  const rows = "INSERT INTO alembic_version VALUES ('c0ffee01'), ('c0ffee02');";
  if (story.dialect === "sqlite") {
    await story.exec(`${recorded.sqlite.half.join(";\n")};\n${rows}`);
  } else {
    const [half = ""] = whole().split("-- Running upgrade c0ffee01, c0ffee02");
    await story.exec(`${half}COMMIT;`);
  }
  await story.exec("INSERT INTO users (email) VALUES ('ada@example.org');");
}

export async function leaveHead(story: Story): Promise<void> {
  if (story.dialect === "sqlite")
    await story.exec(
      `${recorded.sqlite.head.join(";\n")};\nINSERT INTO alembic_version VALUES ('d00d0005');`,
    );
  else await story.exec(whole());
}

function whole(): string {
  return recorded.offline.postgresql["upgrade heads"]?.stdout ?? "";
}

/** What SQLAlchemy calls a type, and Drizzle another: docs/moving/alembic.md. */
const spelledByDrizzle: readonly (readonly [RegExp, string])[] = [
  [/^VARCHAR\((\d+)\)$/i, "text($1)"],
  [/^(?:DATETIME|DATE)$/i, "text"],
  [/^BOOLEAN$/i, "integer"],
  [/^NUMERIC\(.*\)$/i, "numeric"],
];

/** The tables as they are: columns, keys, indexes. On SQLite in Drizzle's types. */
export async function tablesOf(story: Story): Promise<unknown> {
  if (story.dialect === "postgresql") return story.schema();
  const tables = await story.rows<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'mig%' AND name NOT LIKE 'sqlite%' ORDER BY name",
  );
  const parts = tables.map(async ({ name }) => [
    name,
    await columnsOf(story, name),
    await indexesOf(story, name),
    await story.rows(
      `SELECT "from", "table", "to", on_delete FROM pragma_foreign_key_list('${name}')`,
    ),
  ]);
  return Promise.all(parts);
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly value: string | null;
}

async function columnsOf(story: Story, table: string): Promise<readonly ColumnRow[]> {
  const rows = await story.rows<ColumnRow>(
    `SELECT name, type, "notnull", dflt_value AS value, pk FROM pragma_table_info('${table}')`,
  );
  return rows.map((row) => {
    const [pattern, drizzle] = spelledByDrizzle.find(([it]) => it.test(row.type)) ?? [];
    const type = pattern && drizzle ? row.type.replace(pattern, drizzle) : row.type.toLowerCase();
    const value = row.value?.replace(/^\((.*)\)$/, "$1").replace(/^false$/, "0") ?? null;
    return { ...row, type, value };
  });
}

function indexesOf(story: Story, table: string): Promise<readonly unknown[]> {
  return story.rows(
    `SELECT CASE origin WHEN 'c' THEN name END AS name, "unique", origin, partial,
      (SELECT group_concat(name) FROM pragma_index_info(list.name)) AS columns
      FROM pragma_index_list('${table}') AS list ORDER BY 1, 5`,
  );
}
