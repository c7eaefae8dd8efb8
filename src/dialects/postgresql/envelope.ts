/** What stands around a revision in a script. */
import type { Envelope } from "../dialect.ts";

/** A revision is one transaction or none. Foreign keys need no attention here. */
export function scriptEnvelope({ transaction }: Envelope): {
  readonly before: readonly string[];
  readonly after: readonly string[];
} {
  return transaction ? { before: ["BEGIN"], after: ["COMMIT"] } : { before: [], after: [] };
}
