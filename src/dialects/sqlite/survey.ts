/** What the engine says about a table as it is and as it is wanted. */
import { fail } from "../../errors.ts";
import type { Subject } from "./arrange.ts";
import type { TableText } from "./ddl/table.ts";
import { foldName } from "./ddl/tokens.ts";
import type { Engine } from "./driver.ts";
import { refuse } from "./losses.ts";
import type { Draft } from "./making.ts";
import type { Ground } from "./rows.ts";
import { attempt, type Facts, factsOf, onStage, type Play } from "./stage.ts";
import { quote } from "./write.ts";

/** The facts of the change from `text` to `wanted`. Refuses a text that the engine reads otherwise, or not at all. */
export function survey(play: Play, subject: Subject, wanted: Draft, text: TableText): Ground {
  return onStage({ ...play, catalogue: [play.table] }, (engine) => {
    const before = factsOf(engine, subject.table);
    if (!sameColumns(before, text)) refuse(subject.table, `SQLite ${complaint(text)}`);
    const after = factsAfter(engine, subject, wanted);
    return {
      table: subject.table,
      before,
      after,
      draft: wanted,
      tables: play.catalogue.flatMap(({ type, name }) => (type === "table" ? name : [])),
      rowid: before.withoutRowid
        ? null
        : rowidName([...before.columns, ...after.columns].map(({ name }) => name)),
    };
  });
}

function factsAfter(engine: Engine, { table, operation }: Subject, wanted: Draft): Facts {
  engine.exec(`DROP TABLE ${quote(table)}`);
  const why = attempt(engine, wanted.table.sql);
  if (why !== null) fail("OPERATION_INVALID", { operation, why });
  const after = factsOf(engine, table);
  if (!sameColumns(after, wanted.table)) refuse(table, "SQLite reads its new definition otherwise");
  return after;
}

function complaint(text: TableText): string {
  return (
    onStage({ catalogue: [], table: nothing, texts: [] }, (engine) => attempt(engine, text.sql)) ??
    "reads its definition otherwise"
  );
}

const nothing = { type: "table", name: "", table: "", sql: null, temporary: false } as const;

function sameColumns({ columns }: Facts, text: TableText): boolean {
  return (
    columns.length === text.columns.length &&
    columns.every(({ name }, at) => text.columns[at]?.name === name)
  );
}

/** Any of the three names of the rowid that no column takes (https://www.sqlite.org/lang_createtable.html#rowid). */
function rowidName(columns: readonly string[]): string | null {
  const taken = new Set(columns.map(foldName));
  return ["rowid", "_rowid_", "oid"].find((name) => !taken.has(name)) ?? null;
}
