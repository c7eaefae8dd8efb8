/** Running a rebuild on an empty copy of the schema, to know what it breaks. */
import { fail } from "../../errors.ts";
import type { Subject } from "./arrange.ts";
import { dependents, type SchemaObject } from "./catalogue.ts";
import type { TableText } from "./ddl/table.ts";
import type { Engine } from "./driver.ts";
import { refuse, refuseBroken } from "./losses.ts";
import type { Part } from "./part.ts";
import { hasText } from "./same-text.ts";
import { attempted, flaw, onStage, type Play, probeOf, textOn } from "./stage.ts";
import { editSchema } from "./writable.ts";

/**
 * Refuse `parts` if they break a view, a trigger or an index, or do not give the table `wanted`. Gives the queries that
 * prove on the database itself that views and triggers still compile.
 */
export function rehearse(
  play: Play,
  subject: Subject,
  parts: readonly Part[],
  wanted: TableText,
): readonly Part[] {
  const watched = dependents(play.catalogue, subject.table);
  return onStage(play, (engine) => {
    const sound = watched.filter((object) => flaw(engine, object) === null);
    const broken = run(engine, subject, parts);
    const missing = new Set(broken.map(({ object }) => object));
    for (const object of sound.filter((it) => !missing.has(it))) {
      const why = flaw(engine, object);
      if (why !== null) broken.push({ object, why });
    }
    refuseBroken(subject.table, broken);
    if (!hasText(wanted, textOn(engine, subject.table)))
      refuse(subject.table, "SQLite would spell its definition otherwise");
    // With foreign keys on, what fires a trigger compiles the keys of its table, too, and those may have been broken before.
    const proven = play.keysStay ? sound.filter(({ type }) => type === "view") : sound;
    return proven.flatMap((object) => proof(engine, object));
  });
}

function run(
  engine: Engine,
  { table, operation }: Subject,
  parts: readonly Part[],
): { object: SchemaObject; why: string }[] {
  const broken: { object: SchemaObject; why: string }[] = [];
  for (const part of parts) {
    const why = performed(engine, part) ?? (part.copies ? multiplied(engine) : null);
    if (why === null) continue;
    // Without rows, only an expression of the user's can be wrong with a copy.
    if (part.copies) fail("OPERATION_INVALID", { operation, why });
    if (!part.restores) refuse(table, why);
    broken.push({ object: part.restores, why });
  }
  return broken;
}

/** There are no rows on the stage: an aggregate makes one of none, as it makes one of many. */
function multiplied(engine: Engine): string | null {
  return engine.prepare("SELECT changes()").pluck().get() === 0
    ? null
    : "an aggregate makes one row of all; put it into a subquery";
}

/** What the engine says against a part, or null. There are no rows on the stage to prove anything about. */
export function performed(engine: Engine, { sql, edits, verify }: Part): string | null {
  if (verify) return null;
  return attempted(() => (edits ? editSchema(engine, edits) : engine.exec(sql)));
}

/** Compiling is the proof: the query fails when the view or the trigger does not compile. */
function proof(engine: Engine, object: SchemaObject): Part[] {
  const probe = probeOf(engine, object);
  return probe === null ? [] : [{ sql: `EXPLAIN ${probe}`, verify: () => null }];
}
