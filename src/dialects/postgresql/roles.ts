/** Roles and their privileges. https://www.postgresql.org/docs/current/sql-grant.html */
import type { Grant, GrantTarget, RoleOptions } from "../../model/security.ts";
import type { RoleOperation } from "../../operations/kinds/security.ts";
import { comments } from "./comments.ts";
import { columnList, qualified, quote, table, words } from "./write.ts";

export function roleStatements(operation: RoleOperation): readonly string[] {
  switch (operation.kind) {
    case "createRole": {
      const { name, options, comment } = operation.role;
      const made = words("CREATE ROLE", quote(name), optionsText(options));
      return [made, ...comments([{ role: name }, comment])];
    }
    case "alterRole":
      return [`ALTER ROLE ${quote(operation.name)} ${optionsText(operation.to)}`];
    case "dropRole":
      return [words("DROP ROLE", operation.ifExists && "IF EXISTS", quote(operation.name))];
    case "renameRole":
      return [`ALTER ROLE ${quote(operation.from)} RENAME TO ${quote(operation.to)}`];
    case "grant": {
      const { grant } = operation;
      const option = grant.grantOption && "WITH GRANT OPTION";
      return [words("GRANT", privilegesText(grant), "TO", roleList(grant.to), option)];
    }
    case "revoke": {
      const { grant } = operation;
      const option = grant.grantOption && "GRANT OPTION FOR";
      return [words("REVOKE", option, privilegesText(grant), "FROM", roleList(grant.to))];
    }
  }
}

/** Words that mean a role and name none: quoted they would be names. */
const keywords: ReadonlySet<string> = new Set([
  "public",
  "current_user",
  "session_user",
  "current_role",
]);

/** `"app", PUBLIC`. */
export function roleList(names: readonly string[]): string {
  return names.map((name) => (keywords.has(name) ? name.toUpperCase() : quote(name))).join(", ");
}

function optionsText(options: RoleOptions): string {
  const flag = (word: string, value: boolean | undefined) =>
    value !== undefined && (value ? word : `NO${word}`);
  return words(
    flag("LOGIN", options.login),
    flag("CREATEDB", options.createDb),
    flag("CREATEROLE", options.createRole),
    flag("INHERIT", options.inherit),
    flag("BYPASSRLS", options.bypassRowSecurity),
  );
}

/** `SELECT ("a"), UPDATE ("a") ON TABLE "t"`. */
function privilegesText({ privileges, on }: Grant): string {
  const columns = "columns" in on && on.columns ? ` (${columnList(on.columns)})` : "";
  return `${privileges.map((privilege) => `${privilege}${columns}`).join(", ")} ON ${targetText(on)}`;
}

function targetText(on: GrantTarget): string {
  if ("table" in on) return `TABLE ${table(on.table)}`;
  if ("sequence" in on) return `SEQUENCE ${qualified(on.sequence)}`;
  return "type" in on ? `TYPE ${qualified(on.type)}` : `SCHEMA ${quote(on.schema)}`;
}
