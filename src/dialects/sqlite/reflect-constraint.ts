/** Constraints from the text of a table. */
import type { Constraint, Deferrable, ForeignKeyAction } from "../../model/schema.ts";
import type { SchemaObject } from "./catalogue.ts";
import type { ConstraintText } from "./ddl/table.ts";
import { foldName, isSign, isWord, nameOf, type Token } from "./ddl/tokens.ts";
import { expressionText, findWords, groupAt, itemsOf, tokensIn } from "./reflect-text.ts";

/** What the other tables of the database tell. */
export interface Tables {
  /** The table of that name, as it is written where it was made. */
  readonly nameOf: (name: string) => string;
  readonly keyOf: (name: string) => readonly string[];
}

/** The constraint of `columns` that `text` is, or null for what belongs to a column: NOT NULL, a default. */
export function constraintOf(
  text: ConstraintText,
  columns: readonly string[],
  named: { readonly name: string; readonly derivedName?: boolean },
  tables: Tables,
): Constraint | null {
  switch (text.kind) {
    case "primaryKey":
    case "unique":
      return { kind: text.kind, ...named, columns };
    case "check":
      return { kind: "check", ...named, expression: { sql: checked(text) } };
    case "foreignKey":
      return foreignKey(tokensIn(text.source, text.span), columns, named, tables);
    case "notNull":
    case "null":
    case "default":
    case "collate":
    case "generated":
      return null;
  }
}

function checked({ source, span }: ConstraintText): string {
  const tokens = tokensIn(source, span);
  const open = tokens.findIndex((token) => isSign(token, "("));
  return expressionText(source.sql, groupAt(tokens, open));
}

function foreignKey(
  tokens: readonly Token[],
  columns: readonly string[],
  named: { readonly name: string },
  tables: Tables,
): Constraint {
  const at = findWords(tokens, "REFERENCES");
  const parent = nameOf(tokens[at + 1]) ?? "";
  const group = isSign(tokens[at + 2], "(") ? groupAt(tokens, at + 2) : null;
  const listed = group && itemsOf(group).map(([first]) => nameOf(first) ?? "");
  const references = listed ?? tables.keyOf(parent);
  const rules = tokens.slice(at + 2 + (group?.length ?? 0));
  return {
    kind: "foreignKey",
    ...named,
    columns,
    table: tables.nameOf(parent),
    references,
    ...actionOf("onDelete", rules, "DELETE"),
    ...actionOf("onUpdate", rules, "UPDATE"),
    ...deferrableOf(rules),
  };
}

const actions: readonly ForeignKeyAction[] = ["cascade", "restrict", "set null", "set default"];

/** NO ACTION, which is what holds when nothing is said, is left out. */
function actionOf<Event extends "onDelete" | "onUpdate">(
  event: Event,
  tokens: readonly Token[],
  word: string,
): { readonly [Name in Event]?: ForeignKeyAction } {
  const at = findWords(tokens, "ON", word);
  if (at < 0) return {};
  const [first, second] = [tokens[at + 2], tokens[at + 3]].map((it) => it?.text.toLowerCase());
  const action = actions.find((it) => it === first || it === `${first} ${second}`);
  return action ? ({ [event]: action } as Record<Event, ForeignKeyAction>) : {};
}

/** Deferrable and deferred are one for SQLite: https://www.sqlite.org/foreignkeys.html#fk_deferred */
function deferrableOf(tokens: readonly Token[]): { readonly deferrable?: Deferrable } {
  const at = findWords(tokens, "DEFERRABLE");
  if (at < 0 || isWord(tokens[at - 1], "NOT")) return {};
  const deferred = findWords(tokens, "INITIALLY", "DEFERRED") >= 0;
  return { deferrable: deferred ? "deferred" : "immediate" };
}

/** False for a text that has none of the words that make an oddity. */
export function mayBeOdd(sql: string): boolean {
  return /CONFLICT|COLLATE|DESC/i.test(sql);
}

/** What of `text` a Schema cannot say: what to do about a conflict, and how the columns of a key are sorted. */
export function oddityOf(text: ConstraintText): string | null {
  if (text.kind === "default" || text.kind === "foreignKey") return null;
  const tokens = tokensIn(text.source, text.span);
  const conflict = findWords(tokens, "ON", "CONFLICT");
  if (conflict >= 0) return `ON CONFLICT ${tokens[conflict + 2]?.text.toUpperCase()}`;
  if (text.kind !== "primaryKey" && text.kind !== "unique") return null;
  const sorted = tokens.find((token) => ["COLLATE", "DESC"].some((word) => isWord(token, word)));
  return sorted ? `a column with ${sorted.text.toUpperCase()} in its key` : null;
}

/** Looks up tables by their names, of which the case does not count. `keyOf` reads the text of a table. */
export function tablesFrom(
  all: readonly SchemaObject[],
  keyOf: (table: SchemaObject) => readonly string[],
): Tables {
  const byName = new Map(all.map((table) => [foldName(table.name), table]));
  const keys = new Map<SchemaObject, readonly string[]>();
  return {
    nameOf: (name) => byName.get(foldName(name))?.name ?? name,
    keyOf: (name) => {
      const table = byName.get(foldName(name));
      if (!table) return [];
      const key = keys.get(table) ?? keyOf(table);
      keys.set(table, key);
      return key;
    },
  };
}
