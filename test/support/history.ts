/** Revisions whose scripts are functions of a test, run by the runtime as the command line runs them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ConnectTarget, Dialect } from "../../src/dialects/dialect.ts";
import { createLoader } from "../../src/load/loader.ts";
import type { Op } from "../../src/operations/op.ts";
import { RevisionGraph } from "../../src/revisions/graph.ts";
import { readHeader } from "../../src/revisions/header.ts";
import { downgradePath, type Step, upgradePath } from "../../src/revisions/path.ts";
import { explained } from "../../src/runtime/asking.ts";
import { databaseTarget } from "../../src/runtime/database.ts";
import { migrate } from "../../src/runtime/migrate.ts";
import { scriptTarget } from "../../src/runtime/script.ts";
import { readScript, type ScriptReader } from "../../src/runtime/script-file.ts";

const repository = join(import.meta.dirname, "../..");

export interface Scripts {
  readonly up: (op: Op) => void;
  readonly down?: (op: Op) => void;
}

/** Revisions in a line, by their ids, the base first. */
export type Line = Readonly<Record<string, Scripts>>;

export interface History {
  /** A folder of its own, gone when the test is over. */
  readonly folder: string;
  up(url: string, target?: string): Promise<void>;
  down(url: string, target: string): Promise<void>;
  /** What `upgrade --sql` prints for the revisions after `from`. */
  script(from: string): Promise<string>;
}

/** A history of `line` in `dialect`. */
export function historyOf(dialect: Dialect, line: Line): History {
  const folder = mkdtempSync(join(tmpdir(), "mig-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const graph = writeFiles(folder, Object.keys(line));
  const reader: ScriptReader = { dialect, root: folder, args: {}, loader: loaderOf(folder, line) };
  const run = (url: string, plan: (heads: readonly string[]) => readonly Step[]) =>
    onDatabase(reader, url, plan);
  return {
    folder,
    up: (url, target = "head") => run(url, (heads) => upgradePath(graph, heads, [target])),
    down: (url, target) => run(url, (heads) => downgradePath(graph, heads, target)),
    script: (from) => printed(reader, graph, from),
  };
}

function writeFiles(folder: string, ids: readonly string[]): RevisionGraph {
  const revisions = ids.map((id, at) => {
    const path = join(folder, `${id}.ts`);
    const down = JSON.stringify(ids[at - 1] ?? null);
    const text = `export const revision = ${JSON.stringify(id)};\nexport const downRevision = ${down};\n`;
    writeFileSync(path, text);
    return readHeader({ file: `${id}.ts`, path, text });
  });
  return new RevisionGraph(revisions);
}

/** The scripts of `line` where a loader would run the files. */
function loaderOf(folder: string, line: Line): ScriptReader["loader"] {
  return {
    ...createLoader({ root: folder, builtins: {} }),
    import: async (path) => {
      const { up, down = () => {} } = line[path.replace(/^.*[\\/]|\.ts$/g, "")] ?? {};
      return { upgrade: up, downgrade: down };
    },
  };
}

const versionTable = { name: "mig_version" };
const info = { who: "a test", toolVersion: "0.0.0", environment: "test" };

async function onDatabase(
  reader: ScriptReader,
  url: string,
  plan: (heads: readonly string[]) => readonly Step[],
): Promise<void> {
  const { dialect, root } = reader;
  const timeouts: ConnectTarget["timeouts"] = { runLock: 2000, lock: 500, statement: 0 };
  const target = { url, root: repository, versionTable, readOnly: false, timeouts };
  const connection = explained(await dialect.connect(target));
  const notes = { waiting: () => {}, retrying: () => {} };
  const each = { transaction: "each", info, runLock: timeouts.runLock, notes } as const;
  try {
    await migrate({
      plan,
      read: (step) => readScript(reader, step.revision, step.direction),
      target: databaseTarget({ connection, dialect, root, versionTable, ...each }),
      events: {},
    });
  } finally {
    await connection.close();
  }
}

async function printed(reader: ScriptReader, graph: RevisionGraph, from: string): Promise<string> {
  const { dialect, root } = reader;
  let script = "";
  const read = (step: Step) => readScript(reader, step.revision, step.direction);
  await migrate({
    plan: () => upgradePath(graph, [from], ["head"]),
    read,
    target: scriptTarget({
      dialect,
      root,
      versionTable,
      heads: [from],
      replay: () =>
        Promise.all(
          upgradePath(graph, [], [from]).map(async (step) => ({
            ...step,
            script: await read(step),
          })),
        ),
      info,
      transaction: "each",
      print: (text) => {
        script = text;
      },
      note: () => {},
    }),
    events: {},
  });
  return script;
}
