import type { Extra } from "../autogenerate/diff.ts";
import { extraDocument } from "../migrator/difference.ts";

/** What is in the database and nobody wants, in a line. */
export function extraLine(extra: Extra): string {
  return `? ${extraDocument(extra).describe}`;
}
