/** Changes of a table: by the cheapest way that loses nothing, and one for all of them. */
import { describe } from "../../operations/describe.ts";
import type { AlterTable } from "../../operations/kinds/tables.ts";
import type { Reader } from "../dialect.ts";
import { arrange, type Subject } from "./arrange.ts";
import { findTable, readCatalogue, readReferences } from "./catalogue.ts";
import { Unreadable } from "./ddl/cursor.ts";
import { parseTable } from "./ddl/parse.ts";
import type { TableText } from "./ddl/table.ts";
import { draft } from "./draft.ts";
import { foreignKeysStay } from "./foreign-keys.ts";
import { refuse, refuseDrops, refuseTemporary } from "./losses.ts";
import type { Draft } from "./making.ts";
import { allowedOn } from "./native.ts";
import type { Course } from "./part.ts";
import { renameColumn } from "./plain.ts";
import { prechecks } from "./precheck.ts";
import { inTransaction } from "./proof.ts";
import { addedValue } from "./source.ts";
import type { Play } from "./stage.ts";
import { survey } from "./survey.ts";
import { choose } from "./ways.ts";
import { quote, tableName } from "./write.ts";

/** How `operation` is carried out on the database that `reader` shows. */
export async function alterTable(operation: AlterTable, reader: Reader): Promise<Course> {
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
  const children = [...new Set(references.map(({ child }) => child))];
  const keysStay = await foreignKeysStay(reader);
  const texts = [...expressions(wanted), ...(keysStay ? children.map(quote) : [])];
  const play: Play = { catalogue, table: object, texts, keysStay };
  const ground = survey(play, subject, wanted, text);
  const made = changes.map(({ change }) => change);
  const { parts, ...course } = await choose({
    play,
    subject,
    text,
    ground,
    reader,
    changes: made,
    allowed: await allowedOn(reader, catalogue, subject.table, made, text.strict),
    recreate: operation.recreate ?? "auto",
    children,
  });
  const checks = course.proven ? [] : await prechecks(ground, reader);
  const guard = keysStay ? [] : [inTransaction(subject.operation)];
  const renaming = renames.map((rename) => renameColumn(subject.table, rename));
  return { ...course, parts: [...guard, ...checks, ...parts, ...renaming] };
}

function read({ table }: Subject, sql: string): TableText {
  const text = parseTable(sql);
  return text instanceof Unreadable
    ? refuse(table, `its definition cannot be read, ${text.message}`)
    : text;
}

/** The SQL that stands in the values to copy. */
function expressions({ sources }: Draft): string[] {
  return [...sources.values()].map((it) => (it.kind === "using" ? it.sql : addedValue(it)));
}
