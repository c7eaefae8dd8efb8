/** Views and materialized views. https://www.postgresql.org/docs/current/sql-createview.html */
import { fail } from "../../errors.ts";
import { displayName } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import type { ViewOperation } from "../../operations/kinds/objects.ts";
import { comments } from "./comments.ts";
import { parametersText } from "./parameters.ts";
import { splitComplete } from "./split.ts";
import { columnList, qualified, quote, words } from "./write.ts";

export function viewStatements(operation: ViewOperation): readonly string[] {
  switch (operation.kind) {
    case "createView": {
      const { name, materialized, comment } = operation.view;
      const made = createView(operation.view, operation.orReplace);
      return [made, ...comments([{ view: name, materialized }, comment])];
    }
    case "dropView": {
      const { name, materialized, ifExists } = operation;
      return [words("DROP", noun(materialized), ifExists && "IF EXISTS", qualified(name))];
    }
    case "renameView": {
      const { from, to, materialized } = operation;
      return [`ALTER ${noun(materialized)} ${qualified(from)} RENAME TO ${quote(to)}`];
    }
    case "refreshView":
      return [
        words(
          "REFRESH MATERIALIZED VIEW",
          operation.concurrently && "CONCURRENTLY",
          qualified(operation.name),
        ),
      ];
  }
}

function noun(materialized: boolean): string {
  return materialized ? "MATERIALIZED VIEW" : "VIEW";
}

function createView(view: View, orReplace: boolean): string {
  const { name, columns, materialized, using, tablespace } = view;
  if (orReplace && materialized) {
    refuse(view, "PostgreSQL replaces no materialized view; drop it first");
  }
  const head = words(
    "CREATE",
    orReplace && "OR REPLACE",
    noun(materialized),
    qualified(name),
    columns && `(${columnList(columns)})`,
    using && `USING ${quote(using)}`,
    parametersText(view.with),
    tablespace && `TABLESPACE ${quote(tablespace)}`,
    "AS",
  );
  // Each on a line of its own: the query may end in a comment.
  return [head, query(view), ...(view.withNoData ? ["WITH NO DATA"] : [])].join("\n");
}

/** The query, without the semicolon that it may end in. */
function query(view: View): string {
  const statements = splitComplete(view.definition.sql);
  const [first] = statements ?? [];
  if (statements?.length === 1 && first) return first.sql;
  return refuse(view, "its query is not one whole statement");
}

function refuse(view: View, why: string): never {
  return fail("OPERATION_INVALID", { operation: `createView ${displayName(view.name)}`, why });
}
