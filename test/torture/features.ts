/** Every feature, and the database that has it. */
import { type Feature, three } from "./features/feature.ts";
import { surroundings, together } from "./features/surroundings.ts";
import { texts } from "./features/texts.ts";

/** Tables that every feature has beside it. */
const beside = "CREATE TABLE base(id integer PRIMARY KEY, w text)";
const besideRows =
  "INSERT INTO base(id) VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (20), (50)";

export const features: Readonly<Record<string, Feature>> = {
  ...texts,
  ...surroundings,
  "all of it": together,
};

/** The statements that make it. */
export function definitionOf({ others }: Feature, table: string): string {
  return [beside, table, others].filter(Boolean).join(";\n");
}

/** The statements that fill it. */
export function rowsOf({ rows }: Feature): string {
  return `${besideRows}; ${rows ?? three}`;
}
