/**
 * Having the server spell texts: objects are made in the session's temporary schema, looked at, and rolled back. No table
 * of the project is touched or locked, and nobody else sees anything. Temporary things take no privilege but TEMPORARY,
 * which everybody has unless it was taken away. https://www.postgresql.org/docs/current/ddl-priv.html
 */
import type { SchemaTable } from "../../model/schema.ts";
import type { Reader } from "../dialect.ts";
import { making, showing } from "./normalise-making.ts";
import { plainName, type Slot, tableOf } from "./normalise-slots.ts";
import { scratchTable } from "./normalise-table.ts";
import { string } from "./write.ts";

/** A text of `slot` to be spelled by the server. */
export interface Wish {
  readonly slot: Slot;
  readonly parts: readonly string[];
}

/** What the server made of each wish; null where it refuses it. */
export type Spellings = ReadonlyMap<Wish, readonly string[] | null>;

/** A transaction holds a lock for each thing that it makes, and the server has room for so many. */
const tablesAtOnce = 100;

/** The server's spelling of `wishes`, a few trips for all of them. */
export async function spell(
  reader: Reader,
  wishes: readonly Wish[],
  defaultSchema: string,
): Promise<Spellings> {
  const spellings = new Map<Wish, readonly string[] | null>();
  for (const batch of batches(wishes)) {
    const answers = await askFor(reader, batch, defaultSchema);
    for (const [wish, answer] of answers) spellings.set(wish, answer);
  }
  return spellings;
}

/** Tables of one name, in several schemas, cannot be there at once. */
function batches(wishes: readonly Wish[]): readonly (readonly Wish[])[] {
  const byTable = new Map<SchemaTable | Wish, Wish[]>();
  for (const wish of wishes) {
    const about = tableOf(wish.slot) ?? wish;
    byTable.set(about, [...(byTable.get(about) ?? []), wish]);
  }
  const found: { readonly names: Set<string>; readonly wishes: Wish[] }[] = [];
  for (const [about, group] of byTable) {
    const name = "slot" in about ? `\0${found.length} ${Math.random()}` : plainName(about.name);
    let batch = found.find((it) => it.names.size < tablesAtOnce && !it.names.has(name));
    if (!batch) {
      batch = { names: new Set(), wishes: [] };
      found.push(batch);
    }
    batch.names.add(name);
    batch.wishes.push(...group);
  }
  return found.map((batch) => batch.wishes);
}

/** What is tried may fail; the others are not to suffer from it. */
const tryFunction = `CREATE FUNCTION pg_temp.mig_try(make text, show text) RETURNS text LANGUAGE plpgsql AS $mig$
DECLARE
  answer text;
BEGIN
  EXECUTE make;
  EXECUTE show INTO answer;
  RETURN answer;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$mig$`;

/** Named last, temporary tables stand in nobody's way: names mean what they mean in the project. */
const searchPath = `SELECT set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''), 'pg_temp'), true)`;

async function askFor(
  reader: Reader,
  wishes: readonly Wish[],
  defaultSchema: string,
): Promise<readonly (readonly [Wish, readonly string[] | null])[]> {
  const tables = new Set(wishes.flatMap(({ slot }) => tableOf(slot) ?? []));
  const tries = [
    ...[...tables].map((table) => [scratchTable(table), "SELECT NULL"]),
    ...wishes.map(({ slot, parts }, at) => [
      making(slot.asks, parts, `mig_${at}`, defaultSchema),
      showing(slot.asks, `mig_${at}`),
    ]),
  ];
  const rows = tries.map(
    ([make = "", show = ""], at) => `(${at}, ${string(make)}, ${string(show)})`,
  );
  const question = `SELECT at, pg_temp.mig_try(make, show) AS answer FROM (VALUES ${rows.join(",\n")}) AS wish (at, make, show)`;
  try {
    const answers = await reader.all(`BEGIN;\n${searchPath};\n${tryFunction};\n${question}`);
    const texts = new Map(answers.map(({ at, answer }) => [Number(at) - tables.size, answer]));
    return wishes.map((wish, at) => [wish, partsOf(texts.get(at))] as const);
  } finally {
    await reader.all("ROLLBACK");
  }
}

function partsOf(answer: unknown): readonly string[] | null {
  return typeof answer === "string" ? (JSON.parse(answer) as readonly string[]) : null;
}
