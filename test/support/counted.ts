/** Schemas that tell how often a name in them was read: what work costs, counted and not timed. */
import { emptySchema } from "../../src/model/empty-schema.ts";
import type { Schema, SchemaTable } from "../../src/model/schema.ts";

export interface Counted {
  readonly schema: Schema;
  /** How often somebody asked one of the tables for its name. */
  readonly reads: () => number;
}

/** A schema of `count` tables, in the order of their names: `t00000`, `t00001`, … */
export function counted(count: number, table: (at: number) => SchemaTable): Counted {
  let reads = 0;
  const tables = numbers(count).map((at) => {
    const { name, ...rest } = table(at);
    const get = () => {
      reads += 1;
      return name;
    };
    return Object.defineProperty({ name, ...rest }, "name", { enumerable: true, get });
  });
  return { schema: { ...emptySchema, tables }, reads: () => reads };
}

export function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}

export function tableName(at: number): string {
  return `t${String(at).padStart(5, "0")}`;
}
