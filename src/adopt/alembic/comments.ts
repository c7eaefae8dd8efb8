/** Comments of a script. */
import type { Statement } from "../python/tree.ts";

/** Those that somebody wrote, not Alembic. */
export function ownComments({ comments }: Statement): readonly string[] {
  return comments.filter((it) => it !== "" && !it.startsWith("###"));
}
