/** The graph of Alembic, read from its Python files without running them, and `alembic_version`. */
import type { DialectName } from "../../model/schema.ts";
import { type AlembicHeader, readHeader } from "../alembic/header.ts";
import { indexTables, type TranslatedModule, translateModule } from "../alembic/module.ts";
import { askAlembic, type Offline, type OfflineScripts } from "../alembic/offline.ts";
import { unwrittenSql } from "../alembic/script.ts";
import type { OldFile, OldFolder } from "../folder.ts";
import { idOf } from "../names.ts";
import { parseModule } from "../python/parse.ts";
import type { Statement } from "../python/tree.ts";
import { text } from "../row-values.ts";
import { sqlScript } from "../sql-script.ts";
import {
  type ForProject,
  type OldHistory,
  type OldRevision,
  plainRun,
  type System,
} from "../system.ts";

export const alembic: System = {
  expected: "Python files with `revision = …`",
  tables: [{ name: "alembic_version" }],
  rowsAreHeads: true,
  read: async (folder, project) => read(folder, project),
  runs: (rows) =>
    rows.map((row) => {
      const id = text(row, "version_num") ?? "";
      return { ...plainRun, keys: [id], shown: id };
    }),
};

interface ReadFile {
  readonly file: OldFile;
  readonly header: AlembicHeader;
  /** Null where it is no Python that can be read. */
  readonly statements: readonly Statement[] | null;
}

/** What is installed beside the project is not its history. */
const notOurs = /(?:^|\/)(?:(?:__init__|env)\.py$|(?:venv|env|site-packages)\/)/;

function read(folder: OldFolder, project: ForProject): OldHistory {
  const files = folder.names
    .filter((name) => /\.py$/.test(name) && !notOurs.test(name))
    .map((name) => folder.read(name))
    .filter((file) => /^revision\b[^=\n]*=/m.test(file.text))
    .map((file): ReadFile => {
      return { file, header: readHeader(file), statements: parseModule(file.text) };
    });
  if (files.length === 0) return { revisions: [], warnings: [] };
  const indexes = new Map(files.flatMap(({ statements }) => indexTables(statements ?? [])));
  const offline = askAlembic(
    folder.path,
    files.map(({ header }) => header),
    project,
  );
  const found = files.map((each) => revisionOf(each, { indexes, offline, project }));
  return {
    revisions: found.map(({ revision }) => revision),
    warnings: [...offline.warnings, ...found.flatMap(({ warnings }) => warnings)],
  };
}

interface Sources {
  readonly indexes: ReadonlyMap<string, string>;
  readonly offline: Offline;
  readonly project: ForProject;
}

function revisionOf(
  each: ReadFile,
  { indexes, offline, project }: Sources,
): { readonly revision: OldRevision; readonly warnings: readonly string[] } {
  const { file, header, statements } = each;
  const asAlembic = [...offline.scripts.values()].some((each) => each.has("sqlite"));
  const module = statements && translateModule(statements, { indexes, asAlembic }, file.text);
  const { warning, ...scripts } = scriptsOf(each, {
    module,
    sql: offline.scripts.get(header.id) ?? new Map(),
    dialects: project.dialects,
  });
  const revision = {
    ...scripts,
    id: idOf(header.id),
    downRevisions: header.downRevisions.map(idOf),
    dependsOn: header.dependsOn.map(idOf),
    branchLabels: header.branchLabels,
    message: header.message,
    author: null,
    createdAt: header.createdAt,
    from: file.shown,
    fileName: file.name.replace(/^.*\//, "").replace(/\.py$/, ""),
    keys: [header.id],
    checksums: [],
  };
  return { revision, warnings: warning === null ? [] : [warning] };
}

type Scripts = Pick<OldRevision, "body" | "transaction" | "notes" | "problem"> & {
  readonly warning: string | null;
};

/** What Alembic printed serves for each database by itself; a translation for both; the Python where neither does. */
function scriptsOf(
  { file }: ReadFile,
  found: {
    readonly module: TranslatedModule | null;
    readonly sql: ReadonlyMap<DialectName, OfflineScripts>;
    readonly dialects: readonly DialectName[];
  },
): Scripts {
  const { module, sql, dialects } = found;
  const [first = "postgresql"] = dialects;
  const only = sql.get(first);
  // What Alembic can print one way only is better translated both ways.
  const isWhole = ({ down }: OfflineScripts) => down !== null || module?.downgrade === null;
  const printsAll = dialects.every((dialect) => {
    const own = sql.get(dialect);
    return own !== undefined && isWhole(own);
  });
  if (printsAll && only) {
    return dialects.length === 1 ? sqlScripts(only, first, file) : sections(sql, file);
  }
  const missing = module && module.upgrade.unwritten + (module.downgrade?.unwritten ?? 0);
  if (module && missing === 0) return moduleScripts(module, null);
  if (sql.size > 0) return sections(sql, file);
  if (module) {
    const count = missing === 1 ? "1 statement stays" : `${missing} statements stay`;
    return moduleScripts(module, `${file.shown}: ${count} Python, and cannot run until written`);
  }
  const warning = `${file.shown}: it is kept as a comment, and cannot run until it is written in SQL`;
  const body = { up: unfilled(file.text), down: null };
  return { body, transaction: true, notes: [], warning };
}

function moduleScripts({ upgrade, downgrade }: TranslatedModule, warning: string | null): Scripts {
  const imports = [...new Set([...upgrade.imports, ...(downgrade?.imports ?? [])])].sort();
  return {
    body: { up: upgrade.text, down: downgrade?.text ?? null, imports },
    transaction: upgrade.transaction && (downgrade?.transaction ?? true),
    notes: [],
    warning,
  };
}

const printed = (dialect: DialectName) => `printed by Alembic for ${dialect}`;

function sqlScripts({ up, down }: OfflineScripts, dialect: DialectName, file: OldFile): Scripts {
  const scripts = [up, down].map((each) => (each === null ? null : sqlScript(each, file.shown)));
  const [upgrade, downgrade] = scripts;
  const problem = upgrade?.problem ?? downgrade?.problem;
  return {
    ...(problem && { problem }),
    body: { up: upgrade?.text ?? "", down: downgrade?.text ?? null },
    // What Alembic commits on its way is what cannot be in a transaction.
    transaction:
      scripts.every((each) => each?.transaction ?? true) &&
      ![up, down].some((each) => /^(?:COMMIT|BEGIN);$/m.test(each ?? "")),
    notes: [printed(dialect)],
    warning: null,
  };
}

/** For each database its own, unless they are alike; where there is none for one it is refused there. */
function sections(sql: ReadonlyMap<DialectName, OfflineScripts>, file: OldFile): Scripts {
  const [first, second] = [...sql];
  if (first && second && first[1].up === second[1].up && first[1].down === second[1].down)
    return {
      ...sqlScripts(first[1], first[0], file),
      notes: ["printed by Alembic for both databases"],
    };
  const all = (["postgresql", "sqlite"] as const).map((dialect) => {
    const own = sql.get(dialect);
    return { dialect, own, scripts: own ? sqlScripts(own, dialect, file) : null };
  });
  const parts = all.flatMap(({ dialect, scripts }) => {
    const { up, down } = scripts?.body ?? { up: unwritten(dialect), down: unwritten(dialect) };
    return [`-- UP ${dialect}\n${up}`, ...(down === null ? [] : [`-- DOWN ${dialect}\n${down}`])];
  });
  const [own] = all.flatMap(({ scripts }) => scripts ?? []);
  return {
    body: { up: own?.body.up ?? "", down: own?.body.down ?? null, sections: parts.join("\n\n") },
    transaction: all.every(({ scripts }) => scripts?.transaction ?? true),
    notes: all.flatMap(({ scripts }) => scripts?.notes ?? []),
    warning: all.some(({ scripts }) => !scripts)
      ? `${file.shown}: Alembic printed it for one database only; for the other it cannot run until written`
      : null,
  };
}

function unwritten(dialect: DialectName): string {
  return [
    `-- TODO: write for ${dialect} what the other section does, in place of this statement, which no database accepts.`,
    `${unwrittenSql};`,
  ].join("\n");
}

/** The database refuses the name until the statement is replaced. */
function unfilled(python: string): string {
  const lines = python.trimEnd().split("\n");
  return [
    "-- TODO: write in SQL what upgrade() does, in place of this statement, which no database accepts.",
    `${unwrittenSql};`,
    ...lines.map((line) => `--| ${line}`.trimEnd()),
  ].join("\n");
}
