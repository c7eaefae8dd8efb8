/** What renames of enums, of their values and of sequences make of a text, as PostgreSQL spells it: `'new'::app.state`. */
import type { ObjectName } from "../../model/schema.ts";
import { defaultSchema, localName, schemaOf } from "../../operations/apply/names.ts";

interface Renamed {
  readonly from: string;
  readonly to: string;
}

const name = String.raw`"(?:[^"]|"")+"|[\p{L}\p{N}_$]+`;
const cast = new RegExp(
  String.raw`('(?:[^']|'')*')?::((?:(?:${name})\.)?)(${name})((?:\[\])?)`,
  "gu",
);

/** `sql` with another value of the enum `of`. */
export function withValue(sql: string, of: ObjectName, value: Renamed): string {
  return sql.replace(cast, (whole, text: string | undefined, schema, type, list) => {
    if (text === undefined || !isNamed(of, schema, type)) return whole;
    const said = text.slice(1, -1).replaceAll("''", "'");
    const says = list === "" ? renamed(said, value) : inList(said, value);
    return `'${says.replaceAll("'", "''")}'::${schema}${type}${list}`;
  });
}

/** The same with another name of the enum. */
export function withType(sql: string, of: ObjectName, to: string): string {
  return sql.replace(cast, (whole, text: string | undefined, schema, type, list) =>
    isNamed(of, schema, type) ? `${text ?? ""}::${schema}${quoted(to)}${list}` : whole,
  );
}

/** The default of a column with another name of the sequence that numbers it. */
export function withSequence(sql: string, of: ObjectName, to: string): string {
  const next = new RegExp(String.raw`nextval\('((?:(?:${name})\.)?)(${name})'::regclass\)`, "gu");
  return sql.replace(next, (whole, schema, own) =>
    isNamed(of, schema, own)
      ? `nextval('${schema}${quoted(to).replaceAll("'", "''")}'::regclass)`
      : whole,
  );
}

/** PostgreSQL leaves out the schema where a name alone is found. */
function isNamed(of: ObjectName, schema: string, name: string): boolean {
  const own = schemaOf(of);
  const said = schema === "" ? undefined : unquoted(schema.slice(0, -1));
  return unquoted(name) === localName(of) && (said === own || (!own && said === defaultSchema));
}

function renamed(said: string, { from, to }: Renamed): string {
  return said === from ? to : said;
}

/** `{new,"in work"}`. */
function inList(list: string, value: Renamed): string {
  return list.replace(/"((?:[^"\\]|\\.)*)"|[^,{}]+/g, (item, inside: string | undefined) => {
    const said = inside === undefined ? item : inside.replace(/\\(.)/g, "$1");
    return said === value.from ? `"${value.to.replace(/["\\]/g, "\\$&")}"` : item;
  });
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word;
}
