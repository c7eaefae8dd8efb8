/** Names that a project leaves out. */

/** True for the names that one of `patterns` means; a pattern without a schema means it in every schema. */
export function excluder(
  patterns: readonly string[],
): (schema: string | null, name: string) => boolean {
  if (patterns.length === 0) return () => false;
  const all = patterns.map(expression);
  return (schema, name) =>
    all.some(
      (pattern) => pattern.test(name) || (schema !== null && pattern.test(`${schema}.${name}`)),
    );
}

function expression(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "su");
}
