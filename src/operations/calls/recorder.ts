/** What the calls of `op` need: where to put an operation, and how to read what was written. */
import type { Operation } from "../operation.ts";
import type { Values } from "../resolve/values.ts";

export interface Recorder {
  readonly add: (operation: Operation) => void;
  readonly values: Values;
}
