/** What numbers rows: sequences, and the identity columns that own one. */
import type { ObjectName } from "./schema.ts";

/** Whole numbers as text, in decimal: they go up to 2^63. What is absent is as the server sets it. */
export interface SequenceOptions {
  readonly startWith?: string;
  readonly increment?: string;
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly cache?: string;
  readonly cycle?: boolean;
}

export interface Sequence {
  readonly name: ObjectName;
  /** `bigint` when absent. */
  readonly type?: "smallint" | "integer" | "bigint";
  readonly options: SequenceOptions;
  readonly comment?: string;
}

/** A column that numbers its rows by itself. */
export interface Identity {
  readonly generated: "always" | "byDefault";
  /** Of its sequence, which stands beside the table; as the server names it when absent. */
  readonly name?: string;
  readonly options: SequenceOptions;
}
