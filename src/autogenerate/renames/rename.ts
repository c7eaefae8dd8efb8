/** Renames: what may be one, and what becomes of it. */
import { displayName, type ObjectName } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";

/** Something that goes and something that comes, which may be one and the same. */
export type Rename =
  | {
      readonly kind: "table" | "enum" | "sequence";
      readonly from: ObjectName;
      readonly to: ObjectName;
    }
  | {
      readonly kind: "column";
      readonly table: ObjectName;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: "value";
      readonly enum: ObjectName;
      readonly from: string;
      readonly to: string;
    };

/** One thing that goes, and all that it may have become, the likeliest first. */
export interface Question {
  readonly kind: Rename["kind"];
  readonly from: string;
  readonly choices: readonly Rename[];
}

/** The old and the new name, as `--rename` takes them. */
export function spell(rename: Rename): { readonly from: string; readonly to: string } {
  switch (rename.kind) {
    case "table":
    case "enum":
    case "sequence":
      return { from: displayName(rename.from), to: displayName(rename.to) };
    case "column": {
      const table = displayName(rename.table);
      return { from: `${table}.${rename.from}`, to: `${table}.${rename.to}` };
    }
    case "value": {
      const type = displayName(rename.enum);
      return { from: `${type}.${rename.from}`, to: `${type}.${rename.to}` };
    }
  }
}

export function renameOperation(rename: Rename): Operation {
  switch (rename.kind) {
    case "table":
      return { kind: "renameTable", from: rename.from, to: lastName(rename.to) };
    case "enum":
      return { kind: "renameEnum", from: rename.from, to: lastName(rename.to) };
    case "sequence":
      return { kind: "renameSequence", from: rename.from, to: lastName(rename.to) };
    case "column": {
      const { table, from, to } = rename;
      return { kind: "alterTable", table, changes: [{ kind: "renameColumn", from, to }] };
    }
    case "value":
      return { kind: "renameEnumValue", name: rename.enum, from: rename.from, to: rename.to };
  }
}

function lastName(name: ObjectName): string {
  return typeof name === "string" ? name : name.name;
}
