/** Policies and row-level security. https://www.postgresql.org/docs/current/sql-createpolicy.html */
import type { Policy } from "../../model/security.ts";
import type { PolicyAlteration, PolicyOperation } from "../../operations/kinds/security.ts";
import { comments } from "./comments.ts";
import { roleList } from "./roles.ts";
import { quote, table, words } from "./write.ts";

export function policyStatements(operation: PolicyOperation): readonly string[] {
  const on = operation.table;
  switch (operation.kind) {
    case "createPolicy": {
      const { name, comment } = operation.policy;
      const made = `CREATE POLICY ${quote(name)} ON ${table(on)} ${policyText(operation.policy)}`;
      return [made, ...comments([{ table: on, policy: name }, comment])];
    }
    case "alterPolicy":
      return [`ALTER POLICY ${quote(operation.name)} ON ${table(on)} ${rulesText(operation.to)}`];
    case "dropPolicy": {
      const named = `${quote(operation.name)} ON ${table(on)}`;
      return [words("DROP POLICY", operation.ifExists && "IF EXISTS", named)];
    }
    case "renamePolicy":
      return [
        `ALTER POLICY ${quote(operation.from)} ON ${table(on)} RENAME TO ${quote(operation.to)}`,
      ];
    case "rowSecurity":
      return rowSecurity(operation);
  }
}

function policyText(policy: Policy): string {
  const { as, for: command } = policy;
  return `AS ${as.toUpperCase()} FOR ${command.toUpperCase()} ${rulesText(policy)}`;
}

function rulesText({ to, using, withCheck }: PolicyAlteration): string {
  return words(
    to && `TO ${roleList(to)}`,
    using && `USING (${using.sql})`,
    withCheck && `WITH CHECK (${withCheck.sql})`,
  );
}

function rowSecurity({
  table: on,
  enabled,
  forced,
}: Extract<PolicyOperation, { kind: "rowSecurity" }>): readonly string[] {
  const actions = [
    enabled !== undefined && (enabled ? "ENABLE" : "DISABLE"),
    forced !== undefined && (forced ? "FORCE" : "NO FORCE"),
  ].filter((action) => action !== false);
  return actions.map((action) => `ALTER TABLE ${table(on)} ${action} ROW LEVEL SECURITY`);
}
