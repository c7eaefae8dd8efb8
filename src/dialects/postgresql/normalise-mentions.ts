/** Which names a text speaks of. */
import { spoken, spokenName } from "./expression.ts";

/** True when one of `names` stands in `sql`, as whatever: a column may have the name of another thing. */
export function mentions(sql: string, names: readonly string[]): boolean {
  const words = new Set(spoken(sql, null));
  return names.some((name) => words.has(spokenName(name)));
}
