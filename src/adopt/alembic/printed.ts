/** What `alembic upgrade … --sql` printed, taken apart. */

const step = /^-- Running (upgrade|downgrade) (.*?) ?-> (.*?)\s*$/;
/** The version table is Alembic's own, and the transaction mig's. */
const own =
  /^\s*(?:INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|DROP TABLE) (?:\w+\.)?alembic_version\b/;

/** The SQL of each revision, by its id, in the order of the run. */
export function sectionsOf(
  sql: string,
  direction: "upgrade" | "downgrade",
): ReadonlyMap<string, string> {
  const sections = new Map<string, string[]>();
  let lines: string[] | null = null;
  for (const line of sql.split(/\r?\n/)) {
    const [, way, from = "", to = ""] = step.exec(line) ?? [];
    if (way !== undefined) {
      lines = [];
      if (way === direction) sections.set(direction === "upgrade" ? to : from, lines);
    } else {
      lines?.push(line);
    }
  }
  return new Map([...sections].map(([id, each]) => [id, withoutOwn(each.join("\n"))]));
}
