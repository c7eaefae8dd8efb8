/** What may stand behind an expression of an index: https://www.postgresql.org/docs/current/sql-createindex.html */
import type { IndexColumn, ObjectName } from "../../model/schema.ts";
import { nameIn, readExpression } from "../indexes.ts";

/**
 * The expression of an index, its collation, its operator class and its order. Drizzle has no place for them but the text, and
 * they are no part of the expression.
 */
export function readPgExpression(text: string): IndexColumn {
  const { of, ...order } = readExpression(text);
  if (typeof of === "string") return { of, ...order };
  const [beforeClass, operatorClass] = split(of.sql, classBehind);
  const [expression, collation] = split(beforeClass, collationBehind);
  return {
    of: nameIn(expression) ?? { sql: expression },
    ...(collation !== undefined && { collation: objectName(collation) }),
    ...(operatorClass !== undefined && { operatorClass }),
    ...order,
  };
}

/** A name behind a name or a parenthesis; of operators only `isnull` and `notnull` are words that end an expression. */
const classBehind =
  /^([\s\S]*[")])\s+((?!(?:isnull|notnull)$)[a-z_]\w*(?:\.[a-z_]\w*)?(?:\s*\([^()"]*=[^()"]*\))?)$/i;

const collationBehind =
  /^([\s\S]*[")])\s+collate\s+((?:"(?:[^"]|"")+"|[a-z_]\w*)(?:\.(?:"(?:[^"]|"")+"|[a-z_]\w*))?)$/i;

function split(text: string, behind: RegExp): readonly [string, string | undefined] {
  const [, before, after] = behind.exec(text) ?? [];
  return before === undefined ? [text, undefined] : [before.trim(), after];
}

/** `"a"."b"`, `b`: a name without quotes is in small letters. */
function objectName(text: string): ObjectName {
  const names = [...text.matchAll(/"((?:[^"]|"")+)"|\w+/g)].map(([whole, quoted]) =>
    quoted === undefined ? whole.toLowerCase() : quoted.replaceAll('""', '"'),
  );
  const [first = "", second] = names;
  return second === undefined ? first : { schema: first, name: second };
}
