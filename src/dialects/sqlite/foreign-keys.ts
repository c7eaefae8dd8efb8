/** Foreign keys while tables are rebuilt: off from before the transaction, and checked before it ends. */
import { error, type MigError } from "../../errors.ts";
import type { Reader } from "../dialect.ts";
import { foldName } from "./ddl/tokens.ts";
import type { Engine } from "./driver.ts";

/** How often each row refers to nothing; the key says which row and by which columns. */
export type Violations = ReadonlyMap<string, Broken>;

interface Broken {
  readonly count: number;
  readonly example: string;
  /** The foreign key matches no key of its parent. */
  readonly isMismatch: boolean;
}

/** Whether the connection enforces foreign keys. */
export function foreignKeysAreOn(engine: Engine): boolean {
  return engine.pragma("foreign_keys", { simple: true }) === 1;
}

/**
 * Whether foreign keys are enforced and nobody can switch them off: inside a transaction the pragma does nothing, and says
 * nothing (https://www.sqlite.org/pragma.html#pragma_foreign_keys). Where it does something, that is undone.
 */
export async function foreignKeysStay(reader: Reader): Promise<boolean> {
  if (!(await areOn(reader))) return false;
  await reader.all("PRAGMA foreign_keys = OFF");
  const stay = await areOn(reader);
  if (!stay) await reader.all("PRAGMA foreign_keys = ON");
  return stay;
}

async function areOn(reader: Reader): Promise<boolean> {
  const [row] = await reader.all("SELECT foreign_keys FROM pragma_foreign_keys");
  return row?.foreign_keys === 1;
}

interface Violation {
  readonly child: string;
  readonly row: number | null;
  readonly parent: string;
  readonly key: number;
}

/** Every row that refers to nothing. */
export function violations(engine: Engine): Violations {
  const found = new Map<string, Broken>();
  const columns = new Map<string, string>();
  const add = (key: string, example: string, isMismatch: boolean) => {
    found.set(key, { count: (found.get(key)?.count ?? 0) + 1, example, isMismatch });
  };
  for (const it of checked(engine)) {
    if (typeof it === "string") add(it, it, true);
    else
      add(
        identity(engine, it, columns),
        `${it.child}${it.row === null ? "" : ` row ${it.row}`} → ${it.parent}`,
        false,
      );
  }
  return found;
}

const check = `SELECT "table" AS child, rowid AS row, parent, fkid AS key FROM`;

/** A key that matches no key of its parent makes the check of all tables fail; each table is asked then. */
function checked(engine: Engine): readonly (Violation | string)[] {
  try {
    return engine.prepare(`${check} pragma_foreign_key_check`).all() as Violation[];
  } catch {
    const tables = engine
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all() as string[];
    return tables.flatMap((table) => checkedAlone(engine, table));
  }
}

function checkedAlone(engine: Engine, table: string): readonly (Violation | string)[] {
  try {
    return engine.prepare(`${check} pragma_foreign_key_check(?)`).all(table) as Violation[];
  } catch (failure) {
    return [(failure as Error).message];
  }
}

/** Foreign keys are numbered from the last one back, so that a new one would renumber the others. */
function identity(
  engine: Engine,
  { child, row, parent, key }: Violation,
  known: Map<string, string>,
): string {
  const which = JSON.stringify([child, key]);
  const columns = known.get(which) ?? columnsOf(engine, child, key);
  known.set(which, columns);
  return JSON.stringify([foldName(child), row, foldName(parent), columns]);
}

function columnsOf(engine: Engine, child: string, key: number): string {
  const sql = `SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ? ORDER BY seq`;
  return foldName((engine.prepare(sql).pluck().all(child, key) as string[]).join());
}

/** What is broken in `after` and was not in `before`. */
export function newViolations(before: Violations, after: Violations): MigError | null {
  let count = 0;
  const examples: string[] = [];
  for (const [key, it] of after) {
    const more = it.count - (before.get(key)?.count ?? 0);
    if (more <= 0) continue;
    // No row can be right then.
    if (it.isMismatch) return error("FOREIGN_KEYS_BROKEN", { mismatch: it.example });
    count += more;
    if (examples.length < 5) examples.push(it.example);
  }
  return count === 0 ? null : error("FOREIGN_KEYS_BROKEN", { count, examples });
}
