/** Patterns of paths: `*` and `?` within a name, `**` for any folders, `{a,b}`, `[a-z]`. */

/** True for text that stands for more than itself. */
export function isPattern(path: string): boolean {
  return /[*?{[]/.test(path);
}

/** The folder that a pattern looks below, and the pattern of what is in there. */
export function splitPattern(path: string): { readonly folder: string; readonly pattern: string } {
  const names = path.split("/");
  const fixed = names.findIndex(isPattern);
  return {
    folder: names.slice(0, fixed).join("/") || (path.startsWith("/") ? "/" : "."),
    pattern: names.slice(fixed).join("/"),
  };
}

/** Whether a path matches. */
export function patternToTest(pattern: string): (path: string) => boolean {
  const expression = new RegExp(`^${translate(pattern)}$`);
  return (path) => expression.test(path);
}

const pieces: readonly (readonly [RegExp, (matched: string) => string])[] = [
  [/^\*\*\//, () => "(?:[^/]+/)*"],
  [/^\*+/, (stars) => (stars === "**" ? ".*" : "[^/]*")],
  [/^\?/, () => "[^/]"],
  [/^\[[^\]/]+\]/, (set) => set.replace(/^\[!/, "[^").replaceAll("\\", "\\\\")],
  [/^\{[^{}]*\}/, (choice) => `(?:${choice.slice(1, -1).split(",").map(translate).join("|")})`],
  [/^[\s\S]/, (other) => other.replace(/[\\^$.*+?()[\]{}|]/, "\\$&")],
];

function translate(pattern: string): string {
  let rest = pattern;
  let expression = "";
  while (rest !== "") {
    for (const [piece, write] of pieces) {
      const matched = piece.exec(rest)?.[0];
      if (matched === undefined) continue;
      expression += write(matched);
      rest = rest.slice(matched.length);
      break;
    }
  }
  return expression;
}
