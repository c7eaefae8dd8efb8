/** Two systems in one folder: the files of the other one would be left out, or taken for what they are not. */
import { error, type MigError } from "../errors.ts";
import type { OldFolder } from "./folder.ts";

/** Names by which a system is known. */
const signs: Readonly<Record<string, RegExp>> = {
  drizzle: /^(?:meta\/_journal\.json|\d{14}_[^/]+\/migration\.sql)$/,
  alembic: /^(?:versions\/)?(?!__init__|env\.py)[^/]+\.py$/,
  "sql-pairs": /^\d{8}_\d{6}_[^/]+_rollback\.sql$/i,
  "ts-strings": /^\d+_[^/]+(?<!\.d)\.[cm]?[jt]s$/,
  sql: /^\d{1,7}_[^/]+\.sql$/i,
};

/** What has to be in them besides: tools of every kind are written in Python. */
const inside: Readonly<Record<string, RegExp>> = { alembic: /^(?:down_)?revision\b[^=\n]*=/m };

/** Whose files are named alike, and told apart by what is in them. */
const alike: Readonly<Record<string, string>> = { "sql-updown": "sql", drizzle: "sql" };

export function otherSystems(folder: OldFolder, system: string): readonly MigError[] {
  return Object.entries(signs).flatMap(([other, sign]) => {
    if (other === system || alike[system] === other) return [];
    const found = folder.names.find(
      (name) => sign.test(name) && (inside[other]?.test(folder.read(name).text) ?? true),
    );
    if (found === undefined) return [];
    const file = `${folder.shown}/${found}`;
    return [error("IMPORT_MIXED", { file, system, other }, { location: file })];
  });
}
