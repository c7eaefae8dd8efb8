/** The ways to change a table, the cheapest first. Each is taken only where it gives exactly what is wanted. */
import { fail } from "../../errors.ts";
import { describe } from "../../operations/describe.ts";
import { setAside } from "./aside.ts";
import type { Choice } from "./choice.ts";
import { nativeStatements } from "./native.ts";
import type { Course, Rebuild } from "./part.ts";
import { rebuild, temporaryName } from "./rebuild.ts";
import { rehearse } from "./rehearse.ts";
import { hasText } from "./same-text.ts";
import { inSchemaText } from "./schema-text.ts";
import { attempt, onStage, textOn } from "./stage.ts";
import { stretchesOf } from "./stretches.ts";
import { transfer } from "./transfer.ts";
import { quote } from "./write.ts";

/** The way to go, and its statements. */
export async function choose(it: Choice): Promise<Course> {
  if (it.recreate === "always") return copied(it);
  const inPlace = unchanged(it) ?? natively(it) ?? (await inSchemaText(it));
  return inPlace ?? (it.recreate === "never" ? refuseRecreation(it) : copied(it));
}

/** What the batch said must not be is what its changes need. */
function refuseRecreation({ subject: { table, operation }, changes, allowed }: Choice): never {
  const needy = changes.filter((it) => nativeStatements(table, [it], allowed) === null);
  const which = describe({
    kind: "alterTable",
    table,
    changes: needy.length > 0 ? needy : changes,
  });
  return fail("OPERATION_INVALID", {
    operation,
    why: `\`recreate: "never"\`, and SQLite's ALTER TABLE does not do all of it: ${which}`,
  });
}

/** What is left to do when the text says it already: a type that SQLite spells the same, say. */
function unchanged({ text, ground: { draft } }: Choice): Course | null {
  if (draft.table.sql !== text.sql || draft.sources.size > 0) return null;
  const parts = draft.indexes.map((index) => ({ sql: `DROP INDEX ${quote(index)}` }));
  return { way: parts.length > 0 ? "native" : "nothing", parts };
}

/** ALTER TABLE, if on the stage it makes of the text just what an edit makes of it. */
function natively({ play, subject, changes, allowed, ground: { draft } }: Choice): Course | null {
  const statements = nativeStatements(subject.table, changes, allowed);
  if (!statements || draft.indexes.length > 0) return null;
  const works = onStage(
    play,
    (engine) =>
      statements.every((sql) => attempt(engine, sql) === null) &&
      hasText(draft.table, textOn(engine, subject.table)),
  );
  return works ? { way: "native", parts: statements.map((sql) => ({ sql })) } : null;
}

async function copied(choice: Choice): Promise<Course> {
  const { play, subject, ground, children, reader } = choice;
  const { isFile } = choice.allowed;
  const { catalogue } = play;
  const temporary = temporaryName(catalogue, subject.table);
  const aside = play.keysStay ? setAside(catalogue, subject.table, children) : null;
  // A script is made without the rows.
  const stretches = isFile ? await stretchesOf(ground, reader) : [];
  const made = { ground, children, isFile, catalogue, temporary, stretches };
  const it: Rebuild = { ...made, moved: null, aside };
  const quick = transfer(play, it);
  const parts = rebuild(quick ?? it);
  const proofs = rehearse(play, subject, parts, ground.draft.table);
  const way = quick ? "transfer copy" : "general copy";
  return { way, parts: [...parts, ...proofs], setsKeysAside: aside !== null };
}
