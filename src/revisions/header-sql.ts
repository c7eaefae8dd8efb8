import { fail } from "../errors.ts";
import { locationOf } from "./cursor.ts";
import { isoTime } from "./doc-comment.ts";
import { type Header, type HeaderName, type HeaderValues, headerNames } from "./header-values.ts";
import type { Literal } from "./literal.ts";
import { isSectionLine } from "./sql-section.ts";

const leading = /\s+|\/\*[\s\S]*?\*\/|(--[^\n\r]*)/y;
const field = /^--\s*([A-Za-z][A-Za-z_-]*)\s*:(.*)$/;
const byKey = new Map(headerNames.map((name) => [name.toLowerCase(), name]));

/** The header of a .sql file: `-- key: value` lines in its leading comments. Throws HEADER_INVALID. */
export function readSqlHeader(file: string, text: string): Header {
  const values: HeaderValues = {};
  const notes = new Map<string, string>();
  for (const { key, value, at } of leadingFields(text)) {
    const name = byKey.get(key.replace(/[-_]/g, "").toLowerCase());
    if (!name) notes.set(key.toLowerCase(), value);
    else if (!values[name]) values[name] = { name: key, value: meaning(name, value), at };
    else {
      const location = locationOf({ file, text, at }, at);
      fail("HEADER_INVALID", { name: key, why: "is there twice" }, { location });
    }
  }
  return {
    values,
    message: (notes.get("message") ?? "").replace(/\.$/, ""),
    createdAt: isoTime(notes.get("created")),
  };
}

interface Field {
  readonly key: string;
  readonly value: string;
  readonly at: number;
}

function leadingFields(text: string): Field[] {
  const fields: Field[] = [];
  leading.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  for (let found = leading.exec(text); found; found = leading.exec(text)) {
    const comment = found[1]?.trimEnd();
    if (comment === undefined) continue;
    if (isSectionLine(comment)) break;
    const [, key, value] = field.exec(comment) ?? [];
    const at = leading.lastIndex - comment.length;
    if (key !== undefined && value !== undefined) fields.push({ key, value: value.trim(), at });
  }
  return fields;
}

/** The value as a module would have written it. */
function meaning(name: HeaderName, value: string): Literal {
  if (name === "revision") return value;
  if (name === "transaction") return /^(?:true|false)$/i.test(value) ? /true/i.test(value) : value;
  const names = value.split(",").map((each) => each.trim());
  const isNone = name === "downRevision" ? /^(?:none|null|base)?$/i : /^(?:none|null)?$/i;
  return names.length === 1 && isNone.test(value) ? null : names;
}
