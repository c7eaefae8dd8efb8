/** Operations that a dialect carries out together, and which of the calls that recorded them an error is about. */
import type { Dialect, Gathered, Reader } from "../dialects/dialect.ts";
import type { Statement } from "../dialects/statement.ts";
import type { Operation, Recorded } from "../operations/operation.ts";

/** `operations` as `dialect` wants them. */
export function gather(dialect: Dialect, operations: readonly Recorded[]): readonly Gathered[] {
  return (
    dialect.gather?.(operations) ?? operations.map((recorded) => ({ recorded, of: [recorded] }))
  );
}

/** The call behind the change that `statement` is about; the first call when it is about all of them. */
export function askedBy({ recorded, of }: Gathered, { change }: Statement): Recorded {
  let rest = change ?? -1;
  for (const member of of) {
    const count = changesOf(member.operation);
    if (rest >= 0 && rest < count) return member;
    rest -= count;
  }
  return recorded;
}

function changesOf(operation: Operation): number {
  return operation.kind === "alterTable" ? operation.changes.length : 0;
}

/** The call without which, and without those after it, the rest would compile. */
export async function suspect(
  dialect: Dialect,
  { recorded, of }: Gathered,
  reader: Reader,
): Promise<Recorded> {
  for (let count = of.length - 1; count > 0; count -= 1) {
    const [fewer] = gather(dialect, of.slice(0, count));
    const compiles = await dialect.compile(fewer?.recorded ?? recorded, reader).then(
      () => true,
      () => false,
    );
    if (compiles) return of[count] ?? recorded;
  }
  return of[0] ?? recorded;
}

/**
 * The way that each operation will go, as far as the database tells by now: what an operation before it changes is not
 * there yet, and what work and SQL do is not known.
 */
export async function waysOf(
  dialect: Dialect,
  operations: readonly Recorded[],
  reader: Reader,
): Promise<ReadonlyMap<Recorded, string>> {
  const ways = new Map<Recorded, string>();
  const changed = new Set<string>();
  for (const { recorded, of } of dialect.way ? gather(dialect, operations) : []) {
    const { operation } = recorded;
    if (operation.kind === "execute" || operation.kind === "run") break;
    if (operation.kind !== "alterTable") continue;
    const table = JSON.stringify(operation.table);
    // What is wrong is said when it runs.
    const way = changed.has(table) ? null : await dialect.way?.(recorded, reader).catch(() => null);
    changed.add(table);
    for (const each of way ? of : []) ways.set(each, way ?? "");
  }
  return ways;
}
