import type { SourceStatement } from "./dialect.ts";

/** ASCII, in which no quote, no comment, no bracket and no dollar is, and no semicolon but at its end. */
const plain = /^(?:[\w \n\r\t,.()=<>+*%!|&~^:?@#{}]|-(?!-)|\/(?!\*))+;?[ \n\r\t]*$/;

/**
 * The statement that `text` is, where that is plain to see, as it is with most that revisions execute; null where it has to
 * be read, as either database reads it, to be split.
 */
export function singleStatement(text: string): SourceStatement | null {
  if (!plain.test(text) || !isBalanced(text) || /\batomic\b/i.test(text)) return null;
  const sql = text.replace(/;\s*$/, "").trim();
  if (sql === "") return null;
  return { sql, line: text.slice(0, text.indexOf(sql)).split("\n").length - 1 };
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text.match(/[()]/g) ?? []) {
    depth += sign === "(" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
