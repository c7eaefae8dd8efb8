/**
 * Rows that go from table to table as they are stored, and indexes likewise: SQLite does so where both tables are alike,
 * and nothing says that it did but its bytecode. https://www.sqlite.org/src/file/src/insert.c (xferOptimization)
 */
import { belongings, type Catalogue, type SchemaObject } from "./catalogue.ts";
import { transferSql } from "./copy.ts";
import { replace } from "./ddl/edit.ts";
import { foldName, isSign, isWord, nameOf, sameName, significant, tokenize } from "./ddl/tokens.ts";
import type { Engine } from "./driver.ts";
import type { MovedIndex, Rebuild } from "./part.ts";
import { rebuild } from "./rebuild.ts";
import { performed } from "./rehearse.ts";
import { onStage, type Play } from "./stage.ts";
import { literal, quote } from "./write.ts";

/** `it`, made a transfer; null where SQLite would not transfer the rows, or not with their rowids. */
export function transfer(play: Play, it: Rebuild): Rebuild | null {
  const { ground, isFile, catalogue, temporary } = it;
  const { table, draft, before } = ground;
  // In a script nobody knows the engine, and nobody but mig may give an index its name back.
  if (!isFile || draft.sources.size > 0) return null;
  const indexes = belongings(catalogue, table).filter(
    ({ type, name }) => type === "index" && !draft.indexes.some((index) => sameName(index, name)),
  );
  const moved = indexes.map((index) => movedIndex(catalogue, index, temporary));
  if (moved.some((index) => index === null)) return null;
  const quick = { ...it, moved: moved.filter((index) => index !== null) };
  const keepsRowids = before.withoutRowid || before.rowid !== null;
  return onStage(play, (engine) => transfers(engine, quick, keepsRowids)) ? quick : null;
}

/** A row that is transferred is never taken apart. Without an index, SQLite would number the rows anew. */
function transfers(engine: Engine, it: Rebuild, keepsRowids: boolean): boolean {
  const parts = rebuild(it).filter(({ verify }) => !verify);
  const copy = parts.findIndex(({ sql }) => sql === transferSql(it));
  if (parts.slice(0, copy).some((part) => performed(engine, part) !== null)) return false;
  const codes = bytecode(engine, transferSql(it));
  const place = codes.findIndex((code) => code === "RowCell" || code === "RowData");
  return place >= 0 && (keepsRowids || codes[place - 1] !== "NewRowid");
}

function bytecode(engine: Engine, sql: string): readonly string[] {
  try {
    return (engine.prepare(`EXPLAIN ${sql}`).all() as { opcode: string }[]).map(
      ({ opcode }) => opcode,
    );
  } catch {
    return [];
  }
}

/** An index is made before the rows come, while its own name is taken; the schema gives it back afterwards. */
function movedIndex(
  catalogue: Catalogue,
  index: SchemaObject,
  temporary: string,
): MovedIndex | null {
  const sql = index.sql ?? "";
  const tokens = significant(tokenize(sql));
  const at = tokens.findIndex((token) => isWord(token, "INDEX")) + 1;
  const [own, on, of] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (!own || !of || !isWord(on, "ON") || !sameName(nameOf(own) ?? "", index.name)) return null;
  // RENAME does not look for the table's name in an expression here, and then does not find the column.
  if (tokens.some((token, place) => place > at + 2 && isSign(token, "."))) return null;
  const name = freeName(catalogue, index.name);
  const created = replace(sql, [
    { start: own.start, end: own.end, text: quote(name) },
    { start: of.start, end: of.end, text: quote(temporary) },
  ]);
  const edit = `UPDATE sqlite_schema SET name = ${literal(index.name)}, sql = ${literal(sql)} WHERE type = 'index' AND name = ${literal(name)}`;
  return { created, edit };
}

function freeName(catalogue: Catalogue, name: string): string {
  const taken = new Set(catalogue.map((it) => foldName(it.name)));
  let free = `_mig_${name}`;
  for (let number = 2; taken.has(foldName(free)); number += 1) free = `_mig${number}_${name}`;
  return free;
}
