/** Constraints from the text of a table. */
import type { Constraint, Deferrable, ForeignKey, ForeignKeyAction } from "../../model/schema.ts";
import type { SchemaObject } from "./catalogue.ts";
import { type ConstraintText, textOf } from "./ddl/table.ts";
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
      return { kind: "foreignKey", ...named, columns, ...referenceOf(text, tables) };
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

type Reference = Omit<ForeignKey, "kind" | "name" | "derivedName" | "columns">;

function referenceOf({ source, span }: ConstraintText, tables: Tables): Reference {
  return (
    plainReference(textOf(source, span), tables) ?? readReference(tokensIn(source, span), tables)
  );
}

/** As most are written: no more has to be looked for in them. */
const plain =
  /\bREFERENCES (["`]?)(\w+)\1 ?\((["`]?\w+["`]?(?:, ?["`]?\w+["`]?)*)\)((?: ON (?:DELETE|UPDATE) (?:CASCADE|RESTRICT|SET NULL|SET DEFAULT|NO ACTION))*)$/i;

function plainReference(text: string, tables: Tables): Reference | null {
  const [, , parent, list, rules = ""] = plain.exec(text) ?? [];
  if (parent === undefined || list === undefined) return null;
  const [onDelete, onUpdate] = [ruleIn(rules, "DELETE"), ruleIn(rules, "UPDATE")];
  return {
    table: tables.nameOf(parent),
    references: list.split(/, ?/).map((it) => it.replace(/^["`](.*)["`]$/, "$1")),
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
  };
}

function ruleIn(rules: string, change: "DELETE" | "UPDATE"): ForeignKeyAction | undefined {
  if (rules === "") return undefined;
  const [, word = ""] = new RegExp(`ON ${change} (?:SET )?(\\w+)`, "i").exec(rules) ?? [];
  return actions.get(word.toUpperCase());
}

function readReference(tokens: readonly Token[], tables: Tables): Reference {
  const at = findWords(tokens, "REFERENCES");
  const parent = nameOf(tokens[at + 1]) ?? "";
  const group = isSign(tokens[at + 2], "(") ? groupAt(tokens, at + 2) : null;
  const listed = group && itemsOf(group).map(([first]) => nameOf(first) ?? "");
  const references = listed ?? tables.keyOf(parent);
  const rules = tokens.slice(at + 2 + (group?.length ?? 0));
  return {
    table: tables.nameOf(parent),
    references,
    ...actionOf("onDelete", rules, "DELETE"),
    ...actionOf("onUpdate", rules, "UPDATE"),
    ...deferrableOf(rules),
  };
}

const actions = new Map<string, ForeignKeyAction>([
  ["CASCADE", "cascade"],
  ["RESTRICT", "restrict"],
  ["NULL", "set null"],
  ["DEFAULT", "set default"],
]);

/** NO ACTION, which is what holds when nothing is said, is left out. */
function actionOf<Event extends "onDelete" | "onUpdate">(
  event: Event,
  tokens: readonly Token[],
  change: string,
): { readonly [Name in Event]?: ForeignKeyAction } {
  const at = findWords(tokens, "ON", change);
  if (at < 0) return {};
  const word = isWord(tokens[at + 2], "SET") ? tokens[at + 3] : tokens[at + 2];
  const action = actions.get(word?.text.toUpperCase() ?? "");
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
