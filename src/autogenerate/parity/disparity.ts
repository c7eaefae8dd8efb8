/** What the two schemas of a project do not have in common. */
export interface Disparity {
  /** By which it can be accepted: `users`, `users.email`, `users.(org_id, email)`. */
  readonly name: string;
  readonly what:
    | "table"
    | "view"
    | "column"
    | "type"
    | "nullability"
    | "primary key"
    | "unique"
    | "foreign key"
    | "values";
  /** What either side has; null for nothing. */
  readonly postgresql: string | null;
  readonly sqlite: string | null;
}

/** `disparities` without those that `ignore` names; `*` stands for any text, a table for all that is in it. */
export function withoutIgnored(
  disparities: readonly Disparity[],
  ignore: readonly string[],
): readonly Disparity[] {
  const accepted = ignore.map((name) => {
    const pattern = name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${pattern}(?:\\..*)?$`, "s");
  });
  return disparities.filter(({ name }) => !accepted.some((it) => it.test(name)));
}
