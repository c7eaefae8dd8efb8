import type { Literal } from "./literal.ts";

/** The names that a header may give a value. */
export type HeaderName =
  | "revision"
  | "downRevision"
  | "branchLabels"
  | "dependsOn"
  | "transaction"
  | "replaces";

export const headerNames: readonly HeaderName[] = [
  "revision",
  "downRevision",
  "branchLabels",
  "dependsOn",
  "transaction",
  "replaces",
];

/** One value of a header, as it is written. */
export interface HeaderValue {
  /** What the file calls it. */
  readonly name: string;
  readonly value: Literal;
  /** Where in the text it stands. */
  readonly at: number;
}

/** The values that a header gives. */
export type HeaderValues = { [name in HeaderName]?: HeaderValue };

/** The header of a file, before its values are checked. */
export interface Header {
  readonly values: Readonly<HeaderValues>;
  readonly message: string;
  readonly createdAt: string | null;
}
