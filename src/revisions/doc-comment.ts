/** What a doc comment at the top of a revision says. */
export interface Doc {
  readonly message: string;
  readonly createdAt: string | null;
}

/** The lines that `mig revision` writes below the message: a comment that begins with one has no message. */
const field = /^(?:Revision|Revises|Created|Depends on|Branch labels?|Replaces)\s*:/i;
/** The word is looked for first and the start of its line after it: that is many times as fast as the other way. */
const created = /Created(?<=^[ \t*/]*Created)[ \t]*:[ \t]*(\d[-\dT:.Z+ ]*)/m;

/** The first line that holds more than the star before it: a message may begin with a star or a slash of its own. */
const firstLine = /^\/\*+[ \t]*(?:\r?\n[ \t]*(?:\*(?!\/)[ \t]*)?)*(\S.*)/;

/** The first line of text of a doc comment, without its last dot, and when it says the file was made. */
export function readDoc(comment: string | null): Doc {
  if (comment === null) return { message: "", createdAt: null };
  const text = firstLine.exec(comment)?.[1] ?? "";
  // What would end the comment is written with a backslash in it.
  const line = text
    .replace(/\*\/.*$/, "")
    .trim()
    .replaceAll("*\\/", "*/");
  const time = isoTime(created.exec(comment)?.[1]?.trim());
  return {
    message: field.test(line) ? "" : detached(line.replace(/\.$/, "")),
    createdAt: time === null ? null : detached(time),
  };
}

/** A part of a text keeps the whole text in memory; one that is put together anew does not. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

/** `text` if it is a date or a time as ISO 8601 writes it, else null. */
export function isoTime(text: string | undefined): string | null {
  const time = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;
  return text !== undefined && time.test(text) ? text : null;
}
