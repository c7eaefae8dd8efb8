/** The script of a .sql revision. */
import type { SourceStatement } from "../dialects/dialect.ts";
import { isTornTrigger } from "../dialects/torn-trigger.ts";
import { error, fail } from "../errors.ts";
import type { Recorded } from "../operations/operation.ts";
import type { Revision } from "../revisions/revision.ts";
import { readSqlFile, type SqlSection } from "../revisions/sql-file.ts";
import { type Control, controlOf } from "./own-transactions.ts";
import type { Direction, ScriptReader } from "./script-file.ts";

/** A statement, its first word, and the line of the file where that stands. */
interface Placed {
  readonly sql: string;
  readonly line: number;
  /** What it does to the transaction that it is in. */
  readonly control: Control | null;
}

/** The statements of the sections for this database, each as an operation. Throws NO_SCRIPT and TRANSACTION_IN_FILE. */
export function recordSql(
  reader: ScriptReader,
  revision: Revision,
  direction: Direction,
  text: string,
): readonly Recorded[] {
  const sections = readSqlFile(text, revision.file)[direction];
  const where = { revision: revision.id, location: revision.file };
  if (sections.length === 0 && direction === "down") {
    fail("NO_SCRIPT", { revision: revision.id, direction: "downgrade", format: "sql" }, where);
  }
  const { name } = reader.dialect;
  const placed = sections
    .filter(({ dialect }) => dialect === null || dialect === name)
    .flatMap((section) => statementsOf(reader, section));
  return withoutTransactions(reader, revision, placed).map(({ sql, line }) => ({
    operation: { kind: "execute" as const, sql },
    site: { file: revision.file, line },
  }));
}

function statementsOf({ dialect }: ScriptReader, section: SqlSection): readonly Placed[] {
  return withTriggers(dialect.split(section.text)).map(({ sql, line }) => {
    const comments = leadingComments(sql);
    return {
      sql,
      // The comments before a statement belong to it; who looks for it looks for its first word.
      line: section.line + line + comments.split("\n").length - 1,
      control: controlOf(sql.slice(comments.length)),
    };
  });
}

/** A trigger for SQLite in one piece where the database took it apart: its END is no COMMIT, and the server says what is wrong. */
function withTriggers(statements: readonly SourceStatement[]): readonly SourceStatement[] {
  const whole: SourceStatement[] = [];
  for (const { sql, line } of statements) {
    const last = whole.at(-1);
    if (last && isTornTrigger(last.sql))
      whole[whole.length - 1] = { sql: `${last.sql};\n${sql}`, line: last.line };
    else whole.push({ sql, line });
  }
  return whole;
}

function leadingComments(sql: string): string {
  return /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*/s.exec(sql)?.[0] ?? "";
}

/** mig begins and commits: what would end its transaction half-way is left out, or refused before anything runs. */
function withoutTransactions(
  { stripTransactions = false }: ScriptReader,
  revision: Revision,
  placed: readonly Placed[],
): readonly Placed[] {
  if (!revision.transaction) return placed;
  const kept = placed.filter(({ control }) => !(stripTransactions && control?.strippable));
  const wrong = kept.filter(({ control }) => control !== null);
  const [first] = wrong;
  if (first === undefined) return kept;
  const lines = wrong.map(({ line, control }) => ({ line, word: control?.word ?? "" }));
  const strippable = wrong.some(({ control }) => control?.strippable);
  throw error(
    "TRANSACTION_IN_FILE",
    { lines, strippable },
    {
      revision: revision.id,
      location: `${revision.file}:${first.line}`,
      state: "nothing was run",
    },
  );
}
