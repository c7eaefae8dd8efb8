/**
 * Who decides what was renamed: `--rename`, a person, or `--accept-drops`. Nothing is guessed. What was decided for one
 * database holds for the other.
 */
import type { Told } from "../autogenerate/renames/candidates.ts";
import { type Question, type Rename, spell } from "../autogenerate/renames/rename.ts";
import type { Decide } from "../autogenerate/renames/settle.ts";
import { fail } from "../errors.ts";
import { localName } from "../operations/apply/names.ts";
import { isInteractive } from "./output.ts";

export interface RenameOptions {
  /** `old:new`. */
  readonly rename?: readonly string[];
  readonly acceptDrops?: boolean;
}

export interface Renames {
  readonly decide: Decide;
  /** What `--rename` says is one, however unlike the two are. */
  readonly told: Told;
  /** To be called when all questions were asked: refuses flags that meant nothing, and questions without an answer. */
  finish(): void;
}

export function renamesBy({ rename = [], acceptDrops = false }: RenameOptions): Renames {
  const unused = new Set(rename);
  const asked: Question[] = [];
  const open: Question[] = [];
  /** By what is gone: what it has become, or that it has not. */
  const decided = new Map<string, string | null>();
  const decide: Decide = async (question) => {
    asked.push(question);
    const [flag, chosen] = byFlag(question, rename) ?? [];
    if (flag !== undefined) unused.delete(flag);
    if (chosen !== undefined) return chosen;
    if (acceptDrops) return null;
    const known = decided.get(goneIn(question));
    if (known !== undefined) return question.choices.find((it) => become(it) === known) ?? null;
    if (isInteractive()) return ask(question);
    open.push(question);
    return null;
  };
  return {
    told: (choice) =>
      rename.some((flag) => says(flag, choice)) || decided.get(gone(choice)) === become(choice),
    async decide(question) {
      const chosen = await decide(question);
      decided.set(goneIn(question), chosen && become(chosen));
      return chosen;
    },
    finish() {
      const [first] = unused;
      if (first !== undefined)
        fail("RENAME_UNKNOWN", { rename: first, known: [...new Set(asked.flatMap(pairs))] });
      if (open.length > 0) fail("RENAMES_UNDECIDED", { questions: open.map(names) });
    },
  };
}

/** What is gone, by the name that it has on either database: SQLite has no schemas. */
function gone(choice: Rename): string {
  return [choice.kind, homeOf(choice), localName(choice.from)].join("\0");
}

function goneIn({ choices: [first] }: Question): string {
  return first === undefined ? "" : gone(first);
}

function become(choice: Rename): string {
  return [choice.kind, homeOf(choice), localName(choice.to)].join("\0");
}

function homeOf(choice: Rename): string {
  switch (choice.kind) {
    case "column":
      return localName(choice.table);
    case "value":
      return localName(choice.enum);
    case "table":
    case "enum":
    case "sequence":
      return "";
  }
}

function pairs({ choices }: Question): readonly string[] {
  return choices.map((choice) => {
    const { from, to } = spell(choice);
    return `${from}:${to}`;
  });
}

function names({ from, choices }: Question) {
  return { from, to: choices.map((choice) => spell(choice).to) };
}

/** `users.mail:users.email`, or shorter `users.mail:email`. */
function says(flag: string, choice: Rename): boolean {
  const { from, to } = spell(choice);
  const short = typeof choice.to === "string" ? choice.to : choice.to.name;
  return flag === `${from}:${to}` || flag === `${from}:${short}`;
}

function byFlag(
  { choices }: Question,
  flags: readonly string[],
): readonly [flag: string, chosen: Rename] | null {
  for (const flag of flags) {
    const chosen = choices.find((choice) => says(flag, choice));
    if (chosen !== undefined) return [flag, chosen];
  }
  return null;
}

async function ask({ kind, from, choices }: Question): Promise<Rename | null> {
  const { isCancel, select } = await import("@clack/prompts");
  const answer = await select<Rename | null>({
    message: `${kind} ${from} is gone. Was it renamed?`,
    options: [
      ...choices.map((value) => ({ value, label: `yes, to ${spell(value).to}` })),
      { value: null, label: "no, drop it with what is in it" },
    ],
    output: process.stderr,
  });
  if (isCancel(answer)) fail("RENAMES_CANCELLED", names({ kind, from, choices }));
  return answer;
}
