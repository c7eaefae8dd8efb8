import { fail } from "../errors.ts";
import type { RevisionGraph } from "./graph.ts";
import { targetWords } from "./revision.ts";

/** What a target says, taken apart: `branch@symbol+steps`. */
export interface Target {
  readonly text: string;
  /** A label or a revision of the branch that is meant. */
  readonly branch: string | null;
  /** head, heads, base, current, an id, a label, or a prefix; null where only steps are given. */
  readonly symbol: string | null;
  /** Negative to go down, 0 where the target is not relative. */
  readonly steps: number;
}

const name = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** Take `text` apart. The whole text must be a target. Throws INVALID_TARGET. */
export function parseTarget(graph: RevisionGraph, text: string): Target {
  if (text === "") failTarget(text, "it is empty");
  if (text.includes(":")) failTarget(text, "a range works only for `history` and --sql");
  const parts = text.split("@");
  if (parts.length > 2) failTarget(text, "it has more than one @");
  const place = parts.at(-1) ?? "";
  const branch = parts.length === 2 ? (parts[0] ?? "") : null;
  if (branch !== null) checkBranch(text, branch);
  return { text, branch, ...parsePlace(graph, text, place) };
}

function checkBranch(text: string, branch: string): void {
  if (targetWords.includes(branch)) failTarget(text, `"${branch}" before @ is no branch`);
  if (!name.test(branch)) failTarget(text, "a branch label or a revision belongs before @");
}

/** A label may hold "-1", so a name that exists wins over steps. */
function parsePlace(
  graph: RevisionGraph,
  text: string,
  place: string,
): Pick<Target, "symbol" | "steps"> {
  if (isName(graph, place)) return { symbol: place, steps: 0 };
  const [, symbol = place, steps = ""] = /^(.*?)([+-]\d+)$/.exec(place) ?? [];
  if (steps && Number(steps) === 0) failTarget(text, "0 steps go nowhere");
  if (symbol === "" && steps) return { symbol: null, steps: Number(steps) };
  checkSymbol(graph, text, symbol);
  return { symbol, steps: Number(steps) };
}

function checkSymbol(graph: RevisionGraph, text: string, symbol: string): void {
  const [, number] = /([+-]\d.*)$/.exec(symbol) ?? [];
  if (number && !isPrefixOfLabel(graph, symbol)) {
    failTarget(text, `"${number}" is not a number of steps`);
  }
  if (!name.test(symbol)) failTarget(text, `"${symbol}" can be neither a revision nor a label`);
}

function isName(graph: RevisionGraph, text: string): boolean {
  return targetWords.includes(text) || graph.has(text) || graph.labels.has(text);
}

function isPrefixOfLabel(graph: RevisionGraph, text: string): boolean {
  return [...graph.labels.keys()].some((label) => label.startsWith(text));
}

/** Throw INVALID_TARGET. */
export function failTarget(target: string, why: string): never {
  fail("INVALID_TARGET", { target, why });
}
