/** `server_default=…` as the default of a column. */
import { type Code, string } from "../../autogenerate/render/code.ts";
import type { ColumnType } from "../../model/column-type.ts";
import type { Expression } from "../python/tree.ts";
import { isNone, nameOf, resolve, type Scope } from "./scope.ts";
import { plainSql, quotedText, sqlOf } from "./sql.ts";

/** Null where there is none. */
export function defaultOf(it: Expression, type: ColumnType, scope: Scope): Code | null {
  const found = resolve(it, scope);
  if (isNone(found, scope)) return null;
  const name = nameOf(found, scope);
  // Made by a trigger or the like, which is not in the column.
  if (name === "FetchedValue") return null;
  if (name === "true" || name === "false") return name;
  if (name === "now") return now;
  if (found.kind === "string") return literal(found.value, type);
  const text = plainSql(found, scope);
  return fromSql(text ?? sqlOf(found, scope));
}

/** PostgreSQL tells the two spellings apart; SQLite has one. */
const now: Code = {
  members: [
    ["postgresql", { sql: "now()" }],
    ["sqlite", { sql: "CURRENT_TIMESTAMP" }],
  ],
};

/** SQLAlchemy writes a plain string as a string, whatever the column is. */
function literal(value: string, type: ColumnType): Code {
  const isText = ["text", "varchar", "char", "enum"].includes(type.kind);
  return isText ? string(value) : { sql: quotedText(value) };
}

const number = /^-?\d+(?:\.\d+)?$/;
const text = /^'((?:[^']|'')*)'$/;
const cast = /::[\w" .]+(?:\(\d+(?:,\s*\d+)?\))?(?:\[\])?$/;

function fromSql(written: string): Code {
  const sql = written.trim();
  if (/^now\(\)$/i.test(sql)) return now;
  if (number.test(sql)) return sql;
  if (/^(?:true|false)$/i.test(sql)) return sql.toLowerCase();
  const plain = text.exec(sql)?.[1];
  if (plain !== undefined) return string(plain.replaceAll("''", "'"));
  const bare = sql.replace(cast, "");
  if (bare !== sql && (text.test(bare) || number.test(bare))) return perDialect(sql, { sql: bare });
  // What is called exists on PostgreSQL only, as far as anybody can tell from here.
  if (/\w\s*\(/.test(sql) || sql.includes("::")) return perDialect(sql, "null");
  return { sql };
}

function perDialect(sql: string, sqlite: Code): Code {
  return {
    members: [
      ["postgresql", { sql }],
      ["sqlite", sqlite],
    ],
  };
}
