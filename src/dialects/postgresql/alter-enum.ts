/** Other values for an enum: the type is made anew, and its columns carried over. */
import type { ObjectName } from "../../model/schema.ts";
import type { EnumOperation, EnumUse } from "../../operations/kinds/enums.ts";
import { beside, block, nameLimit, qualified, quote, string, table, value } from "./write.ts";

export type AlterEnum = Extract<EnumOperation, { kind: "alterEnum" }>;

/** The statements around `create`, which makes the type anew. */
export function alterEnum(operation: AlterEnum, create: string): readonly string[] {
  const { name } = operation;
  const old = formerEnum(name);
  return [
    `ALTER TYPE ${qualified(name)} RENAME TO ${quote(formerName(name))}`,
    create,
    ...operation.columns.flatMap((use) => carryOver(operation, use)),
    inherit(old, name),
    `DROP TYPE ${qualified(old)}`,
  ];
}

/** What the type is called until it goes. */
export function formerEnum(name: ObjectName): ObjectName {
  return beside(name, formerName(name));
}

/** By which the old type is known in messages of the server. */
export const formerMark = "__former";

function formerName(name: ObjectName): string {
  let kept = typeof name === "string" ? name : name.name;
  while (Buffer.byteLength(kept + formerMark) > nameLimit) kept = [...kept].slice(0, -1).join("");
  return kept + formerMark;
}

/** The default is of the old type, and converts to the new one as little as the column does. */
function carryOver(operation: AlterEnum, use: EnumUse): readonly string[] {
  const column = `ALTER TABLE ${table(use.table)} ALTER COLUMN ${quote(use.column)}`;
  const { default: initial } = use;
  return [
    `${column} DROP DEFAULT`,
    conversion(operation, use),
    ...(initial === undefined ? [] : [`${column} SET DEFAULT ${value(initial)}`]),
  ];
}

/** The statement that gives a column the new type. */
export function conversion({ name, map }: AlterEnum, use: EnumUse): string {
  const column = quote(use.column);
  const type = `${qualified(name)}${use.array ? "[]" : ""}`;
  const values = use.array ? arrayValues(column, map) : scalarValue(column, map);
  return `ALTER TABLE ${table(use.table)} ALTER COLUMN ${column} TYPE ${type} USING ${values}::${type}`;
}

function scalarValue(column: string, map: AlterEnum["map"]): string {
  const cases = Object.entries(map).map(([from, to]) => `WHEN ${string(from)} THEN ${string(to)}`);
  if (cases.length === 0) return `${column}::text`;
  return `(CASE ${column}::text ${cases.join(" ")} ELSE ${column}::text END)`;
}

/**
 * USING takes no subquery, so an array is replaced value by value: `{ a: "b", b: "c" }` must not make a c of every a. What
 * no value can be, because it is too long for one, stands for the successor until all are replaced.
 */
function arrayValues(column: string, map: AlterEnum["map"]): string {
  const entries = Object.entries(map);
  const chained = entries.some(([, to]) => Object.hasOwn(map, to));
  const replace = (values: string, [from, to]: readonly [string, string]) =>
    `array_replace(${values}, ${string(from)}, ${string(to)})`;
  if (!chained) return entries.reduce(replace, `${column}::text[]`);
  const meanwhile = (to: string) => `${"-".repeat(nameLimit)}> ${to}`;
  const replaced = entries.map(([from, to]) => [from, meanwhile(to)] as const);
  const successors = [...new Set(Object.values(map))].map((to) => [meanwhile(to), to] as const);
  return [...replaced, ...successors].reduce(replace, `${column}::text[]`);
}

/** The new type takes over the comment of the old one, its privileges where any were given, and its owner if it is another. */
function inherit(old: ObjectName, name: ObjectName): string {
  const type = `${string(qualified(old))}::regtype`;
  return block(`DECLARE
  comment text := obj_description(${type}, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = ${type});
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = ${type});
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', ${string(qualified(name))}, comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', ${string(qualified(name))});
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', ${string(qualified(name))},
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', ${string(qualified(name))}, owner);
  END IF;
END`);
}
