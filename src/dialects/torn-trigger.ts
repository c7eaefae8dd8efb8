/** Whether `sql` is the beginning of a trigger of SQLite, as a database ends a statement that knows no such bodies. */
export function isTornTrigger(sql: string): boolean {
  return /^CREATE\s+(?:TEMP(?:ORARY)?\s+)?TRIGGER\b.*\bBEGIN\b(?!.*\bEND\s*$)/is.test(
    sql.replace(/^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*/s, ""),
  );
}
