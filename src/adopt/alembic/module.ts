/** A revision of Alembic as a TypeScript revision, as far as its Python is known. */
import type { Expression, Statement } from "../python/tree.ts";
import { calledOn } from "./directives.ts";
import { foreignNames, type Scope, stringOrNull } from "./scope.ts";
import { type Translated, translate } from "./script.ts";

export interface TranslatedModule {
  readonly upgrade: Translated;
  /** Null where there is no such function. */
  readonly downgrade: Translated | null;
}

/** Null where there is no upgrade(). */
export function translateModule(
  statements: readonly Statement[],
  history: Pick<Scope, "indexes" | "asAlembic">,
  source: string,
): TranslatedModule | null {
  const foreign = new Set(foreignNames(statements));
  const scope = { names: globals(statements), foreign, ...history };
  const bodyOf = (name: string) => {
    const found = statements.findLast((it) => it.kind === "function" && it.name === name);
    return found?.kind === "function" ? found.body : null;
  };
  const [up, down] = [bodyOf("upgrade"), bodyOf("downgrade")];
  if (up === null) return null;
  const upgrade = translate(up, scope, source);
  const downgrade = down === null ? null : translate(down, scope, source);
  return { upgrade, downgrade: downgrade && withStaying(upgrade, downgrade) };
}

/** Dropping a table leaves its enums, with Alembic as with mig. */
function withStaying({ enums }: Translated, downgrade: Translated): Translated {
  const staying = enums.filter(
    (name) => !downgrade.text.includes(`dropEnum(${JSON.stringify(name)}`),
  );
  const remarks = staying.map(
    (name) =>
      `  // the enum stays, as it did with Alembic: op.dropEnum(${JSON.stringify(name)}) would take it away`,
  );
  return { ...downgrade, text: [downgrade.text, ...remarks].filter(Boolean).join("\n") };
}

function globals(statements: readonly Statement[]): ReadonlyMap<string, Expression> {
  return new Map(
    statements.flatMap((it) => (it.kind === "assign" ? [[it.name, it.value] as const] : [])),
  );
}

/** The tables of the indexes that `statements` make, for where one is dropped without its table. */
export function indexTables(
  statements: readonly Statement[],
): readonly (readonly [index: string, table: string])[] {
  const scope = { names: globals(statements), indexes: new Map(), foreign: new Set<string>() };
  return statements.flatMap((it) => {
    if (it.kind === "function" || it.kind === "with") return indexTables(it.body);
    const called = it.kind === "expression" ? calledOn(it.value, "op") : null;
    if (called?.name !== "create_index") return [];
    const [index, table] = called.args.map(({ value }) => value);
    if (!index || !table) return [];
    try {
      const names = [stringOrNull(index, scope), stringOrNull(table, scope)] as const;
      return names[0] === null || names[1] === null ? [] : [[names[0], names[1]] as const];
    } catch {
      return [];
    }
  });
}
