/** Changes of roles, privileges, policies and row-level security. */
import type { Expression, TableName } from "../../model/schema.ts";
import type { Grant, Policy, Role, RoleOptions } from "../../model/security.ts";

export type RoleOperation =
  | { readonly kind: "createRole"; readonly role: Role }
  | { readonly kind: "alterRole"; readonly name: string; readonly to: RoleOptions }
  | { readonly kind: "dropRole"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "renameRole"; readonly from: string; readonly to: string }
  | { readonly kind: "grant"; readonly grant: Grant }
  | { readonly kind: "revoke"; readonly grant: Grant };

export type PolicyOperation =
  | { readonly kind: "createPolicy"; readonly table: TableName; readonly policy: Policy }
  | {
      readonly kind: "alterPolicy";
      readonly table: TableName;
      readonly name: string;
      readonly to: PolicyAlteration;
    }
  | {
      readonly kind: "dropPolicy";
      readonly table: TableName;
      readonly name: string;
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "renamePolicy";
      readonly table: TableName;
      readonly from: string;
      readonly to: string;
    }
  /** What is absent stays. */
  | {
      readonly kind: "rowSecurity";
      readonly table: TableName;
      readonly enabled?: boolean;
      readonly forced?: boolean;
    };

/** What PostgreSQL changes of a policy; for `as` and `for` it is made anew. */
export interface PolicyAlteration {
  readonly to?: readonly string[];
  readonly using?: Expression;
  readonly withCheck?: Expression;
}
