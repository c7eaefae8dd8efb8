/** What a line that begins a section says. */
export interface SectionMark {
  readonly direction: "up" | "down";
  readonly dialect: "postgresql" | "sqlite" | null;
}

/** In capitals a section is meant whatever follows; in small letters only with at most one word behind it. */
const capitals = /^--[ \t]*(?:UP|DOWN)(?![\w'])/;
const small = /^--[ \t]*(?:up|down)(?:[ \t]+\w+)?[ \t]*$/i;
/** The markers of other tools: taken for a comment, what undoes a revision would run with what does it. */
const foreign = /^--[ \t]*(?:migrate:|\+goose[ \t]+|\+|@)(?:up|down)\b/i;
const section = /^--[ \t]*(up|down)(?:[ \t]+(postgresql|sqlite))?[ \t]*$/i;

/** True if a comment is meant to begin a section, be it a valid one or not. */
export function isSectionLine(comment: string): boolean {
  return capitals.test(comment) || small.test(comment) || foreign.test(comment);
}

/** What `-- UP postgresql` says; null if it is no valid section. */
export function readSectionLine(comment: string): SectionMark | null {
  const [, direction, dialect] = section.exec(comment) ?? [];
  if (direction === undefined) return null;
  return {
    direction: direction.toLowerCase() === "up" ? "up" : "down",
    dialect:
      dialect === undefined ? null : dialect.toLowerCase() === "sqlite" ? "sqlite" : "postgresql",
  };
}
