/** Changes of a table: natively where SQLite gives exactly what is wanted, else by one rebuild for all of them. */
import { describe } from "../../operations/describe.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Reader } from "../dialect.ts";
import { arrange, type Change, type Subject } from "./arrange.ts";
import { findTable, readCatalogue, readReferences } from "./catalogue.ts";
import { Unreadable } from "./ddl/cursor.ts";
import { parseTable } from "./ddl/parse.ts";
import type { TableText } from "./ddl/table.ts";
import { draft } from "./draft.ts";
import { refuse, refuseDrops, refuseTemporary } from "./losses.ts";
import type { Draft } from "./making.ts";
import { type Allowed, allowedOn, nativeStatements } from "./native.ts";
import type { Part, Rebuild } from "./part.ts";
import { renameColumn } from "./plain.ts";
import { prechecks } from "./precheck.ts";
import { inTransaction } from "./proof.ts";
import { rebuild, temporaryName } from "./rebuild.ts";
import { rehearse } from "./rehearse.ts";
import { hasText } from "./same-text.ts";
import { attempt, onStage, type Play, textOn } from "./stage.ts";
import { survey } from "./survey.ts";
import { quote, tableName } from "./write.ts";

type AlterTable = Extract<Operation, { kind: "alterTable" }>;

/** The parts of `operation` on the database that `reader` shows. */
export async function alterTable(operation: AlterTable, reader: Reader): Promise<readonly Part[]> {
  const catalogue = await readCatalogue(reader);
  const name = describe(operation);
  const object = findTable(catalogue, tableName(operation.table), name);
  const subject: Subject = { table: object.name, operation: name };
  const text = read(subject, object.sql);
  const columns = text.columns.map((column) => column.name);
  const { changes, renames } = arrange(subject, columns, operation.changes);

  const wanted = draft(subject, catalogue, text, changes);
  const references = await readReferences(reader, subject.table);
  refuseDrops(subject.table, text, wanted.table, references);
  refuseTemporary(catalogue, subject.table);
  const play: Play = { catalogue, table: object, texts: expressions(wanted) };
  const ground = survey(play, subject, wanted, text);
  const allowed = await allowedOn(reader, catalogue, subject.table, changes);
  return [
    inTransaction(subject.operation),
    ...prechecks(ground),
    ...(unchanged(text, wanted) ??
      natively(play, subject, changes, wanted, allowed) ??
      rebuilt(play, subject, wanted, {
        ground,
        isFile: allowed.isFile,
        children: [...new Set(references.map(({ child }) => child))],
      })),
    ...renames.map((rename) => renameColumn(subject.table, rename)),
  ];
}

function read({ table }: Subject, sql: string): TableText {
  const text = parseTable(sql);
  return text instanceof Unreadable
    ? refuse(table, `its definition cannot be read, ${text.message}`)
    : text;
}

/** The SQL that stands in the values to copy. */
function expressions({ sources }: Draft): string[] {
  return [...sources.values()].flatMap((source) => (source.kind === "using" ? [source.sql] : []));
}

/** What is left to do when the text says it already: a type that SQLite spells the same, say. */
function unchanged(text: TableText, { table: wanted, sources, indexes }: Draft): Part[] | null {
  if (wanted.sql !== text.sql || sources.size > 0) return null;
  return indexes.map((index) => ({ sql: `DROP INDEX ${quote(index)}` }));
}

/** ALTER TABLE, if on the stage it makes of the text just what an edit makes of it. */
function natively(
  play: Play,
  { table }: Subject,
  changes: readonly Change[],
  { table: wanted, indexes }: Draft,
  allowed: Allowed,
): Part[] | null {
  const statements = nativeStatements(table, changes, allowed);
  if (!statements || indexes.length > 0) return null;
  const works = onStage(
    play,
    (engine) =>
      statements.every((sql) => attempt(engine, sql) === null) &&
      hasText(wanted, textOn(engine, table)),
  );
  return works ? statements.map((sql) => ({ sql })) : null;
}

function rebuilt(
  play: Play,
  subject: Subject,
  wanted: Draft,
  it: Pick<Rebuild, "ground" | "children" | "isFile">,
): Part[] {
  const { catalogue } = play;
  const temporary = temporaryName(catalogue, subject.table);
  const parts = rebuild({ ...it, catalogue, temporary });
  return [...parts, ...rehearse(play, subject, parts, wanted.table)];
}
