/** Operations that belong together, and what undoes them. */
import type { Op } from "../../../../src/operations/op.ts";

export interface Family {
  /** The file of test/golden/postgresql. */
  readonly name: string;
  /** What has to be there before, as SQL. */
  readonly before: string;
  /** Roles that it makes: they belong to the server, so no other test may use them. */
  readonly roles?: readonly string[];
  /** One revision after the other, each run where those before it have run. */
  readonly up: Readonly<Record<string, (op: Op) => void>>;
  /** One revision that leaves the database as `before` did. */
  readonly down: (op: Op) => void;
}
