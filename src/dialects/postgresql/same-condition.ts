/**
 * Conditions that are the same although the server spells them otherwise, told without asking it: it writes out the casts
 * that a text needs beside a varchar, `IN` as `= ANY (ARRAY[…])`, and every parenthesis. A cast is taken off only where the
 * shorter text would get it back.
 */
import { type Owner, spoken } from "./expression.ts";

/** True when `a` and `b` are surely one. `varchars` are the names of the columns of that type. */
export function sameCondition(
  a: string,
  b: string,
  owner: Owner,
  varchars: ReadonlySet<string>,
): boolean {
  return plain(a, owner, varchars) === plain(b, owner, varchars);
}

function plain(sql: string, owner: Owner, varchars: ReadonlySet<string>): string {
  const words = joinedSigns(spoken(sql, owner));
  // Blanks in E'…' and $$…$$ matter, and those are not taken for one word here.
  if (words.some((word) => /^[^'"]\S*\s/.test(word))) return sql;
  return withoutGroups(inLists(withoutCasts(words, varchars))).join(" ");
}

type Words = readonly string[];

const pairs = ["::", "!=", "<>", ">=", "<="];

/** Operators as one word each, and `!=` as the server has it. */
function joinedSigns(words: Words): Words {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const pair = `${words[at]}${words[at + 1]}`;
    if (pairs.includes(pair)) at += 1;
    joined.push(pair === "!=" ? "<>" : pairs.includes(pair) ? pair : (words[at] ?? ""));
  }
  return joined;
}

const texts = ["text", "character varying"];
const numbers = ["numeric", "double precision"];

function withoutCasts(words: Words, varchars: ReadonlySet<string>): Words {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const cast = words[at] === "::" ? castAt(words, at) : null;
    const last = kept.at(-1);
    const [open, inside] = last === ")" ? kept.slice(-3) : [];
    const grouped = open === "(" && inside !== undefined;
    if (cast && last?.startsWith("'") && texts.includes(cast.type)) at += cast.length;
    else if (cast && grouped && isCastFor(inside, cast.type, varchars)) {
      kept.splice(-3, 3, inside);
      at += cast.length;
    } else kept.push(words[at] ?? "");
  }
  return kept;
}

/** `(status)::text` of a varchar, and `(0)::numeric`. */
function isCastFor(inside: string, type: string, varchars: ReadonlySet<string>): boolean {
  if (/^\d/.test(inside)) return numbers.includes(type);
  return type === "text" && varchars.has(inside);
}

/** The type behind `::`, unless it has a size or is a list. */
function castAt(
  words: Words,
  at: number,
): { readonly type: string; readonly length: number } | null {
  for (const type of [...texts, ...numbers]) {
    const parts = type.split(" ");
    const next = words[at + parts.length + 1] ?? "";
    if (parts.every((part, ahead) => words[at + 1 + ahead] === part) && !["(", "["].includes(next))
      return { type, length: parts.length };
  }
  return null;
}

/** `= any ( array [ … ] )` as `in ( … )`, and of one value as `=`. */
function inLists(words: Words): Words {
  const value = String.raw`(?:'(?:[^']|'')*'|-?\d[\w.]*)`;
  const list = `${value}(?: , ${value})*`;
  const text = words
    .join(" ")
    .replace(
      new RegExp(String.raw`= any \( \( array \[ (${list}) \] \) :: text \[ \] \)`, "g"),
      "in ( $1 )",
    )
    .replace(new RegExp(String.raw`= any \( array \[ (${list}) \] \)`, "g"), "in ( $1 )")
    .replace(
      new RegExp(String.raw`<> all \( \( array \[ (${list}) \] \) :: text \[ \] \)`, "g"),
      "not in ( $1 )",
    )
    .replace(new RegExp(String.raw`<> all \( array \[ (${list}) \] \)`, "g"), "not in ( $1 )")
    .replace(new RegExp(String.raw`not in \( (${value}) \)`, "g"), "<> $1")
    .replace(new RegExp(String.raw`\bin \( (${value}) \)`, "g"), "= $1");
  return text.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\S+/g) ?? [];
}

/** Without the parentheses that a lower precedence does not need. */
function withoutGroups(words: Words): Words {
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] !== "(") continue;
    const end = closing(words, at);
    if (!isNeedless(words, at, end)) continue;
    const rest = [...words.slice(0, at), ...words.slice(at + 1, end), ...words.slice(end + 1)];
    return withoutGroups(rest);
  }
  return words;
}

function closing(words: Words, open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at += 1) {
    if (words[at] === "(") depth += 1;
    if (words[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return words.length;
}

function isNeedless(words: Words, open: number, end: number): boolean {
  const [before = "(", after = ")"] = [words[open - 1], words[end + 1]];
  const inside = outermost(words.slice(open + 1, end));
  if (inside.some((word) => ["select", "or", ","].includes(word))) return false;
  const conjunction = inside.includes("and");
  const around = conjunction ? ["or"] : ["or", "and"];
  return ["(", ...around].includes(before) && [")", ...around].includes(after);
}

/** The words that are in no further parentheses. */
function outermost(words: Words): Words {
  let depth = 0;
  return words.filter((word) => {
    if (word === "(") depth += 1;
    if (word === ")") depth -= 1;
    return depth === 0;
  });
}
