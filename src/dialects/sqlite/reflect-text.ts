/** Pieces of the text of a CREATE statement. */
import type { Source, Span } from "./ddl/table.ts";
import { isSign, isWord, type Token } from "./ddl/tokens.ts";

/** The tokens of a part of a text that mean something. */
export function tokensIn({ tokens }: Source, { start, end }: Span): readonly Token[] {
  const first = placeOf(tokens, start);
  let last = first;
  while ((tokens[last]?.end ?? Number.POSITIVE_INFINITY) <= end) last += 1;
  return tokens.slice(first, last);
}

/** Where the first token that starts at `start` or behind it stands: the middle, over and over. */
function placeOf(tokens: readonly Token[], start: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where `words` stand one after the other, outside of all parentheses; -1 where they do not. */
export function findWords(tokens: readonly Token[], ...words: readonly string[]): number {
  let depth = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    depth += stepAt(token);
    if (depth === 0 && standAt(tokens, at, words)) return at;
  }
  return -1;
}

/** How much deeper in parentheses it is behind `token`. */
function stepAt(token: Token | undefined): number {
  if (token?.kind !== "sign") return 0;
  if (token.text === "(") return 1;
  return token.text === ")" ? -1 : 0;
}

function standAt(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  if (tokens[at]?.kind !== "word") return false;
  for (let ahead = 0; ahead < words.length; ahead += 1) {
    if (!isWord(tokens[at + ahead], words[ahead] ?? "")) return false;
  }
  return true;
}

/** From the parenthesis at `open` to the one that closes it. */
export function groupAt(tokens: readonly Token[], open: number): readonly Token[] {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    depth += stepAt(tokens[at]);
    if (depth === 0) return tokens.slice(open, at + 1);
  }
  return tokens.slice(open);
}

/** The parts of a group between its commas. */
export function itemsOf(group: readonly Token[]): readonly (readonly Token[])[] {
  const items: Token[][] = [[]];
  let depth = 0;
  for (const token of group.slice(1, -1)) {
    depth += stepAt(token);
    if (depth === 0 && isSign(token, ",")) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}

/** The text from the first of `tokens` to the last, with the comments between them. */
export function textFrom(sql: string, tokens: readonly Token[]): string {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first && last ? sql.slice(first.start, last.end) : "";
}

/** `tokens` without parentheses around all of them. */
export function inner(tokens: readonly Token[]): readonly Token[] {
  let found = tokens;
  while (isSign(found[0], "(") && groupAt(found, 0).length === found.length) {
    found = found.slice(1, -1);
  }
  return found;
}

/** An expression as its author wrote it, without parentheses around all of it. */
export function expressionText(sql: string, tokens: readonly Token[]): string {
  return textFrom(sql, inner(tokens));
}
