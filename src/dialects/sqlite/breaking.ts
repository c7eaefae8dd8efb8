/** What would break when a view or a table goes. */
import { list } from "../../errors/words.ts";
import { fail } from "../../errors.ts";
import { describe } from "../../operations/describe.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Catalogue, dependents, type SchemaObject } from "./catalogue.ts";
import type { Part } from "./part.ts";
import { attempt, flaw, onStage } from "./stage.ts";

/** Refuse `parts` if what uses `relation`, and compiles now, does not compile behind them. */
export function refuseBroken(
  operation: Operation,
  catalogue: Catalogue,
  relation: SchemaObject,
  parts: readonly Part[],
  advice: string,
): void {
  const refuse = (why: string) =>
    fail("OPERATION_INVALID", { operation: describe(operation), why });
  const play = { catalogue, table: relation, texts: parts.map(({ sql }) => sql) };
  const broken = onStage(play, (engine) => {
    const sound = usersOf(catalogue, relation).filter((object) => flaw(engine, object) === null);
    for (const { sql, restores } of parts) {
      const why = attempt(engine, sql);
      if (why !== null) refuse(restores ? complaint(restores, why) : why);
    }
    const anew = parts.flatMap(({ restores }) => restores ?? []);
    return sound.flatMap((it) => {
      const object = anew.find(({ type, name }) => type === it.type && name === it.name) ?? it;
      const why = flaw(engine, object);
      return why === null ? [] : [complaint(object, why)];
    });
  });
  if (broken.length > 0) refuse(`${list(broken, "and")} would break; ${advice}`);
}

/**
 * A trigger of another table may be about to go with that table, as people leave it to; a view would go by itself only, and
 * before.
 */
function usersOf(catalogue: Catalogue, { type, name }: SchemaObject): Catalogue {
  const users = dependents(catalogue, name).filter((it) => !(it.type === type && it.name === name));
  return type === "table" ? users.filter((it) => it.type === "view") : users;
}

function complaint({ type, name }: SchemaObject, why: string): string {
  return `the ${type} "${name}" (${why})`;
}
