/** A line of a translated script. */
import type { Code, Remark } from "../../autogenerate/render/code.ts";
import type { ObjectName } from "../../model/schema.ts";
import type { NewEnum } from "./types.ts";

export interface Line {
  /** Null where there is nothing but the remarks. */
  readonly code: Code | null;
  /** What a reader has to know: comments above it. */
  readonly remarks: readonly string[];
  /** An enum that it makes, unless a line before it has. */
  readonly creates?: NewEnum;
  /** PostgreSQL refuses it inside a transaction. */
  readonly alone?: boolean;
}

export function line(code: Code, remarks: readonly string[] = []): Line {
  return { code, remarks };
}

/** A comment in a body. */
export function remark(text: string): Remark {
  return { remark: text };
}

/** A name, and the schema that it is in. */
export function objectName(name: string, schema: string | undefined): ObjectName {
  return schema === undefined ? name : { schema, name };
}

export function plainName(it: ObjectName): string {
  return typeof it === "string" ? it : it.name;
}
