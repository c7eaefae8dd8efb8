/** The renames that SQL of other people's tools makes, told the other way round: what a way back has to know of them. */

/** A name, in double quotes, in backticks (\x60), or bare. */
const part = String.raw`(?:"(?:[^"]|"")+"|\x60(?:[^\x60]|\x60\x60)+\x60|[\p{L}_][\p{L}\p{N}_$]*)`;
const name = `(${part}(?:\\s*\\.\\s*${part})?)`;
const text = `'((?:[^']|'')*)'`;
const rename = new RegExp(
  [
    `\\bALTER\\s+(TABLE|TYPE|SEQUENCE)\\s+(?:IF\\s+EXISTS\\s+)?(?:ONLY\\s+)?${name}\\s+RENAME\\s+`,
    `(?:TO\\s+${name}|VALUE\\s+${text}\\s+TO\\s+${text}|(?!CONSTRAINT\\b)(?:COLUMN\\s+)?${name}\\s+TO\\s+${name})`,
  ].join(""),
  "giu",
);

/**
 * The renames of `statements`, each as `new:old` in the words of `--rename`. What a member belongs to is called as it was
 * before all of them.
 */
export function renamesBack(statements: readonly string[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const back = new Set<string>();
  const original = (it: string) => first.get(it) ?? it;
  for (const found of statements.flatMap((sql) => [...sql.matchAll(rename)])) {
    const [, , on = "", to, label, newLabel, column, newColumn] = found;
    const owner = plain(on);
    if (to !== undefined) {
      const renamed = beside(owner, plain(to));
      first.set(renamed, original(owner));
      back.add(`${renamed}:${original(owner)}`);
    } else if (label !== undefined && newLabel !== undefined) {
      back.add(pairOf(original(owner), unescaped(newLabel), unescaped(label)));
    } else if (column !== undefined && newColumn !== undefined) {
      back.add(pairOf(original(owner), plain(newColumn), plain(column)));
    }
  }
  return back;
}

function pairOf(owner: string, from: string, to: string): string {
  return `${owner}.${from}:${owner}.${to}`;
}

/** As messages show it: what is in the default schema has its name alone. */
function plain(written: string): string {
  const parts = written.match(new RegExp(part, "gu")) ?? [];
  const names = parts.map((it) =>
    /^["`]/.test(it) ? it.slice(1, -1).replaceAll(it[0] === '"' ? '""' : "``", it[0] ?? "") : it,
  );
  return (names[0] === "public" && names.length > 1 ? names.slice(1) : names).join(".");
}

/** A new name stays in the schema of the old one. */
function beside(owner: string, renamed: string): string {
  const at = owner.lastIndexOf(".");
  return at < 0 ? renamed : `${owner.slice(0, at)}.${renamed}`;
}

function unescaped(label: string): string {
  return label.replaceAll("''", "'");
}
