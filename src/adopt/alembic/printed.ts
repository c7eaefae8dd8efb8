/** What `alembic upgrade … --sql` printed, taken apart. */

const step = /^-- Running (upgrade|downgrade) (.*?) ?-> (.*?)\s*$/;
/** The version table is Alembic's own. */
const bookkeeping =
  /^(?:INSERT INTO \S+ \(version_num\) VALUES \('[^']*'\)[^;]*|UPDATE \S+ SET version_num='[^']*' WHERE \S+version_num = '[^']*'|DELETE FROM \S+ WHERE \S+version_num = '[^']*'|DROP TABLE (?:["\w]+\.)?"?\w*alembic_version\w*"?);[ \t]*$/gm;
/** Around a section; what is inside of one is a block that Alembic commits by itself. */
const around = /^(?:\s*(?:BEGIN|COMMIT);)+|(?:\s*(?:BEGIN|COMMIT);)+\s*$/g;

/** The SQL of each revision, by its id, in the order of the run. */
export function sectionsOf(
  sql: string,
  direction: "upgrade" | "downgrade",
): ReadonlyMap<string, string> {
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of sql.split(/\r?\n/)) {
    const [, way, from = "", to = ""] = step.exec(line) ?? [];
    if (way === undefined) {
      lines.push(line);
      continue;
    }
    lines = [];
    if (way === direction) sections.set(direction === "upgrade" ? to : from, lines);
  }
  return new Map([...sections].map(([id, each]) => [id, scriptOf(each.join("\n"))]));
}

function scriptOf(printed: string): string {
  return printed
    .replace(bookkeeping, "")
    .trim()
    .replace(around, "")
    .trim()
    .replace(/\n{3,}/g, "\n\n");
}

/** What Alembic spoke: it says so on stderr, unless its log is off. */
export function dialectIn(sql: string, said: string): string | null {
  const own = /Context impl (\w+?)Impl\b/.exec(said)?.[1]?.toLowerCase();
  if (own !== undefined) return own;
  return /^BEGIN;$/m.test(sql) ? "postgresql" : null;
}
