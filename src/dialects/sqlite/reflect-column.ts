/** Columns from the text of a table. */
import type { Column, Generated } from "../../model/schema.ts";
import { type ColumnText, type ConstraintText, type TableParts, textOf } from "./ddl/table.ts";
import { isSign, isWord, nameOf, type Token } from "./ddl/tokens.ts";
import { expressionText, findWords, groupAt, tokensIn } from "./reflect-text.ts";
import { typeFrom } from "./type-from.ts";

/** What the table says of a column. */
export interface Place {
  readonly inKey: boolean;
  /** It is the rowid: https://www.sqlite.org/lang_createtable.html#rowid */
  readonly isRowid: boolean;
}

export function columnOf(table: TableParts, column: ColumnText, place: Place): Column {
  const { constraints, source } = column;
  const type = typeFrom(column.type ? textOf(source, column.type) : "");
  if (constraints.length === 0 && !place.inKey) return { name: column.name, type };
  const tokensBy = (kind: ConstraintText["kind"]) => {
    // Of several defaults and collations the last one holds.
    const last = constraints.findLast((it) => it.kind === kind);
    return last ? withoutName(tokensIn(source, last.span)) : null;
  };
  const sorting = tokensBy("collate");
  const initial = tokensBy("default");
  const computed = tokensBy("generated");
  const key = tokensBy("primaryKey");
  const generated = computed && generatedOf(source.sql, computed);
  const isNotNull = constraints.some(({ kind }) => kind === "notNull");
  return {
    name: column.name,
    type,
    ...((isNotNull || neverNull(table, place)) && { notNull: true }),
    ...(initial && defaultOf(source.sql, initial)),
    ...(key && findWords(key, "AUTOINCREMENT") >= 0 && { autoIncrement: true }),
    ...(generated && { generated }),
    ...(sorting && collationOf(sorting)),
  };
}

/** Columns of a key may be NULL here, for old times' sake: https://www.sqlite.org/quirks.html#primary_keys_can_sometimes_contain_nulls */
function neverNull({ strict, withoutRowid }: TableParts, { inKey, isRowid }: Place): boolean {
  return isRowid || (inKey && (strict || withoutRowid));
}

function withoutName(tokens: readonly Token[]): readonly Token[] {
  return isWord(tokens[0], "CONSTRAINT") ? tokens.slice(2) : tokens;
}

/** NULL says what no default says. */
function defaultOf(sql: string, tokens: readonly Token[]): Pick<Column, "default"> {
  const text = defaultText(sql, tokens.slice(1));
  return /^null$/i.test(text) ? {} : { default: { sql: text } };
}

/** What `value`, of which `sql` is the text, says as a default: a bare word and one in double quotes is a text here. */
export function defaultText(sql: string, value: readonly Token[]): string {
  const [first] = value;
  const text = expressionText(sql, value);
  const isName = value.length === 1 && (first?.kind === "word" || first?.kind === "quoted");
  if (!isName || speaking.test(text)) return text;
  return `'${nameOf(first)?.replaceAll("'", "''")}'`;
}

const speaking = /^(?:null|true|false|current_(?:time|date|timestamp))$/i;

function generatedOf(sql: string, tokens: readonly Token[]): Generated {
  const open = tokens.findIndex((token) => isSign(token, "("));
  return {
    as: { sql: expressionText(sql, groupAt(tokens, open)) },
    stored: findWords(tokens, "STORED") >= 0,
  };
}

/** BINARY is what holds when nothing is said. */
function collationOf([, token]: readonly Token[]): Pick<Column, "collation"> {
  const name = nameOf(token) ?? "";
  return /^binary$/i.test(name) ? {} : { collation: name };
}
