/** The folders of drizzle-kit, with a journal (0.31) or a folder per migration (1.0), and `__drizzle_migrations`. */
import { fail } from "../../errors.ts";
import type { OldFile, OldFolder } from "../folder.ts";
import { idOf, line, wordsOf } from "../names.ts";
import { numberProblems } from "../numbers.ts";
import { psqlProblem } from "../psql.ts";
import { text, time } from "../row-values.ts";
import {
  type OldHistory,
  type OldRevision,
  type OldRow,
  plainRun,
  type System,
} from "../system.ts";
import { sqlBody } from "./numbered.ts";

const breakpoint = "--> statement-breakpoint";
const folderFile = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)_[^/]*\/migration\.sql$/;

export const drizzle: System = {
  expected: "meta/_journal.json, or folders like 20260123143052_name with migration.sql",
  tables: [{ name: "__drizzle_migrations", schema: "drizzle" }, { name: "__drizzle_migrations" }],
  goesUpOnly: true,
  read: async (folder) =>
    folder.has("meta/_journal.json") ? readJournal(folder) : readFolders(folder),
  runs: (rows) =>
    rows.map((row) => ({
      ...plainRun,
      keys: keysOf(row),
      shown: text(row, "name") ?? `the row of ${text(row, "created_at") ?? "no time"}`,
      at: time(row, "applied_at"),
      checksum: text(row, "hash"),
    })),
};

/** drizzle-kit finds a migration by its name or its time; where neither is known, the hash has to do. */
function keysOf(row: OldRow): string[] {
  const name = text(row, "name");
  const when = text(row, "created_at");
  const hash = text(row, "hash");
  return [
    ...(name === null ? [] : [`name ${name}`]),
    ...(when === null ? [] : [`when ${when}`]),
    ...(hash === null ? [] : [`hash ${hash}`]),
    ...(when === null ? [] : [`second ${second(Number(when))}`]),
  ];
}

interface JournalEntry {
  readonly idx: number;
  readonly when: number;
  readonly tag: string;
}

interface Journal {
  readonly dialect?: string;
  readonly entries?: readonly JournalEntry[];
}

function readJournal(folder: OldFolder): OldHistory {
  const journal = parsed(folder.read("meta/_journal.json")) as Journal | null;
  const shown = `${folder.shown}/meta/_journal.json`;
  const entries = entriesOf(journal, shown).toSorted((a, b) => a.idx - b.idx);
  const before = line(entries.map(({ tag }) => idOf(tag)));
  const revisions = entries.map(({ tag, when }, index) => {
    const name = `${tag}.sql`;
    if (!folder.has(name))
      fail("IMPORT_FILE", { file: shown, why: `it lists ${name}, which is not there` });
    return revisionOf(folder.read(name), { tag, when, downRevisions: before(index) });
  });
  const known = new Set(entries.map(({ tag }) => `${tag}.sql`));
  const strays = folder.names.filter((name) => /^[^/]+\.sql$/.test(name) && !known.has(name));
  const late = entries.filter(({ when }, at) => when < (entries[at - 1]?.when ?? when));
  return {
    revisions,
    ...dialectOf(journal),
    problems: numberProblems(
      entries.map(({ tag }) => `${tag}.sql`),
      folder.shown,
      { once: true },
    ),
    warnings: [
      ...strays.map((name) => `${folder.shown}/${name} is not in the journal: left out`),
      ...late.map(
        ({ tag }) => `${tag} is older than the one before it: drizzle-kit may have skipped it`,
      ),
    ],
  };
}

function entriesOf(journal: Journal | null, shown: string): readonly JournalEntry[] {
  const entries: unknown = journal?.entries;
  if (!Array.isArray(entries)) fail("IMPORT_FILE", { file: shown, why: "it has no entries" });
  const odd = (entries as readonly unknown[]).find((each) => !isEntry(each));
  if (odd === undefined) return entries as readonly JournalEntry[];
  const why = `an entry has no idx, when and tag: ${JSON.stringify(odd)}`;
  return fail("IMPORT_FILE", { file: shown, why });
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== "object" || value === null) return false;
  const { idx, when, tag } = value as Readonly<Record<string, unknown>>;
  return (
    typeof idx === "number" && typeof when === "number" && isTime(when) && typeof tag === "string"
  );
}

function isTime(ms: number): boolean {
  return !Number.isNaN(new Date(ms).getTime());
}

interface Snapshot {
  readonly dialect?: string;
  readonly id?: string;
  readonly prevIds?: readonly string[];
}

const origin = "00000000-0000-0000-0000-000000000000";

function readFolders(folder: OldFolder): OldHistory {
  const names = folder.names.filter((name) => folderFile.test(name));
  const tags = names.map((name) => name.replace(/\/migration\.sql$/, ""));
  const snapshots = tags.map((tag) => {
    const file = `${tag}/snapshot.json`;
    return folder.has(file) ? (parsed(folder.read(file)) as Snapshot) : null;
  });
  const byId = new Map(snapshots.map((each, at) => [each?.id, idOf(tags[at] ?? "")]));
  const before = line(tags.map(idOf));
  const warnings: string[] = [];
  const revisions = names.map((name, index) => {
    const tag = tags[index] ?? "";
    const previous = previousOf(snapshots[index])?.filter((id) => id !== origin);
    const parents = previous?.flatMap((id) => byId.get(id) ?? []);
    const isKnown = parents !== undefined && parents.length === previous?.length;
    if (!isKnown)
      warnings.push(`${tag} does not say what it follows: put behind the one before it`);
    const downRevisions = isKnown ? parents : before(index);
    const when = Date.parse(name.replace(folderFile, "$1-$2-$3T$4:$5:$6Z"));
    if (!isTime(when)) fail("IMPORT_FILE", { file: `${folder.shown}/${tag}`, why: noTime });
    return revisionOf(folder.read(name), { tag, when, downRevisions });
  });
  return { revisions, warnings, ...dialectOf(snapshots.at(-1)) };
}

const noTime = "its name does not begin with a time";

function previousOf(snapshot: Snapshot | null | undefined): readonly string[] | undefined {
  const ids: unknown = snapshot?.prevIds;
  return Array.isArray(ids) ? ids : undefined;
}

/** It says "postgres" in snapshots of 1.0, and "postgresql" in the journal. */
function dialectOf(said: { readonly dialect?: string } | null | undefined) {
  if (typeof said?.dialect !== "string") return {};
  return { dialect: said.dialect === "postgres" ? "postgresql" : said.dialect };
}

function revisionOf(
  file: OldFile,
  it: { readonly tag: string; readonly when: number; readonly downRevisions: readonly string[] },
): OldRevision {
  const up = file.text
    .split(breakpoint)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (/;\s*(?:--[^\n]*)?$/.test(part) ? part : `${part}\n;`))
    .join("\n\n");
  const problem = psqlProblem(file.text, file.shown);
  return {
    ...sqlBody(up, null, { up: file.shown, down: file.shown }),
    // Its line is that of the file, which the parts do not know.
    ...(problem && { problem }),
    id: idOf(it.tag),
    downRevisions: it.downRevisions,
    dependsOn: [],
    branchLabels: [],
    message: wordsOf(it.tag.replace(/^\d+_/, "")),
    author: null,
    createdAt: new Date(it.when).toISOString(),
    from: file.shown,
    fileName: it.tag,
    keys: [`name ${it.tag}`, `when ${it.when}`, `hash ${file.sha256}`, `second ${second(it.when)}`],
    checksums: [file.sha256],
  };
}

/** 1.0 keeps no more than the second in the name of the folder. */
function second(ms: number): number {
  return Math.floor(ms / 1000);
}

function parsed({ text: json, shown }: OldFile): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    return fail("IMPORT_FILE", { file: shown, why: "it is no JSON" }, { location: shown, cause });
  }
}
