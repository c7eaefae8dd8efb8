/** Who may do what: roles, their privileges, and policies for rows. PostgreSQL has them, SQLite has none. */
import type { Expression, ObjectName } from "./schema.ts";

export interface RoleOptions {
  readonly login?: boolean;
  readonly createDb?: boolean;
  readonly createRole?: boolean;
  readonly inherit?: boolean;
  readonly bypassRowSecurity?: boolean;
}

export interface Role {
  readonly name: string;
  readonly options: RoleOptions;
  readonly comment?: string;
}

/** What a privilege is for. */
export type GrantTarget =
  | { readonly table: ObjectName; readonly columns?: readonly string[] }
  | { readonly sequence: ObjectName }
  | { readonly type: ObjectName }
  | { readonly schema: string };

export interface Grant {
  /** In capitals: `SELECT`, `ALL`. */
  readonly privileges: readonly string[];
  readonly on: GrantTarget;
  /** Roles, or `public`. */
  readonly to: readonly string[];
  readonly grantOption: boolean;
}

export interface Policy {
  readonly name: string;
  readonly as: "permissive" | "restrictive";
  readonly for: "all" | "select" | "insert" | "update" | "delete";
  /** Roles, or `public`, `current_user`, `session_user`, `current_role`. */
  readonly to: readonly string[];
  readonly using?: Expression;
  readonly withCheck?: Expression;
  readonly comment?: string;
}

export interface RowSecurity {
  readonly enabled: boolean;
  /** Policies hold for the owner of the table too. */
  readonly forced: boolean;
}
