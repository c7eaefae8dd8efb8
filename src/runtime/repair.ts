/** Repairs: rows of the log that say what a person decided about a finding of `verify`. */
import { randomUUID } from "node:crypto";
import type { Connection, LogRow } from "../dialects/dialect.ts";
import { formatDuration } from "../errors/words.ts";
import { fail } from "../errors.ts";
import { headsOf } from "../revisions/applied.ts";
import { asking, orUntouched } from "./asking.ts";
import { sinceStamp } from "./ledger.ts";
import type { StampTarget } from "./stamp.ts";
import { type Finding, type Verified, verify } from "./verify.ts";
import { isAlive } from "./who.ts";

export type RepairKind = "accept" | "handled" | "forget";

/** The revisions to repair, by id or unique prefix. */
export type RepairRequest = Readonly<Record<RepairKind, readonly string[]>>;

export interface Repair {
  readonly kind: RepairKind;
  readonly revision: string;
  readonly file: string;
  readonly checksum: string;
}

interface RepairPlan {
  readonly repairs: readonly Repair[];
  readonly removes: readonly string[];
  readonly adds: readonly string[];
}

/** Repair a database, under the lock and in one transaction. Throws NOTHING_TO_REPAIR. */
export async function repairDatabase(
  target: StampTarget & { readonly connection: Connection },
  history: Pick<Verified, "graph" | "checksumOf">,
  request: RepairRequest & { readonly reason: string },
  waiting: (holder: string) => void,
): Promise<readonly Repair[]> {
  const { connection } = target;
  const state = await orUntouched("nothing was changed", () => connection.enter(waiting));
  const plan = async (heads: readonly string[]) =>
    planRepairs({ ...history, heads, log: await connection.log() }, request);
  // What cannot be is refused before the first write, which would make the file of a database that is not there yet.
  await plan(state.heads ?? []);
  try {
    const planned = await plan(await connection.begin({ suspendForeignKeys: false }));
    const statements = repairStatements(target, planned, request.reason, state.lastBatch + 1);
    await asking(connection, async () => {
      for (const sql of statements) await connection.send({ sql, from: null });
      await connection.commit();
    });
    return planned.repairs;
  } catch (failure) {
    await connection.rollback();
    throw failure;
  }
}

function repairStatements(
  { dialect, versionTable, info }: StampTarget,
  { repairs, removes, adds }: RepairPlan,
  reason: string,
  batch: number,
): readonly string[] {
  const { create, moveHeads, log } = dialect.bookkeeping;
  const startedAt = new Date().toISOString();
  const rows = repairs.map(({ kind, ...repaired }) =>
    log(versionTable, {
      ...{ run: randomUUID(), batch, direction: kind, message: reason, startedAt },
      ...repaired,
      ...{ success: true, ms: 0, error: null, progress: null },
      ...info,
    }),
  );
  return [...create(versionTable), ...moveHeads(versionTable, removes, adds), ...rows];
}

function planRepairs(verified: Verified, request: RepairRequest): RepairPlan {
  const findings = verify(verified);
  const repairs = (["accept", "handled", "forget"] as const).flatMap((kind) => {
    const possible = new Map(
      findings.flatMap((finding) => repairOf(kind, finding) ?? []).map((it) => [it.revision, it]),
    );
    return request[kind].map((name) => named(kind, name, possible));
  });
  refuseRunning(
    findings,
    repairs.filter(({ kind }) => kind === "handled"),
  );
  const forgotten = repairs.filter(({ kind }) => kind === "forget").map((it) => it.revision);
  return { repairs, ...headsWithout(verified, forgotten) };
}

/** The repair of `kind` that `finding` calls for, if it does. */
function repairOf(kind: RepairKind, finding: Finding): Repair | null {
  switch (finding.kind) {
    case "modified": {
      const { id: revision, file } = finding.revision;
      return kind === "accept" ? { kind, revision, file, checksum: finding.found } : null;
    }
    case "failed":
    case "unfinished":
      return kind === "handled" ? ofRow(kind, finding.row) : null;
    case "missing":
      return kind === "forget" ? ofRow(kind, finding.row) : null;
    case "unknown-head":
      return kind === "forget" ? { kind, revision: finding.id, file: "", checksum: "" } : null;
    case "graph":
    case "overlapping-heads":
    case "not-applied":
    case "not-undone":
      return null;
  }
}

function ofRow(kind: RepairKind, row: LogRow): Repair {
  const { revision, file, checksum } = row;
  return { kind, revision, file, checksum };
}

/** What has no end yet may be running, where the database has no lock that lasts. */
function refuseRunning(findings: readonly Finding[], handled: readonly Repair[]): void {
  for (const finding of findings) {
    if (finding.kind !== "unfinished" || !handled.some((it) => it.revision === finding.id))
      continue;
    const { who, startedAt, revision } = finding.row;
    if (!isAlive(who, new Date(startedAt))) continue;
    fail("LOCKED", { waited: formatDuration(0), holder: `${who} runs revision ${revision}` });
  }
}

function named(repair: RepairKind, name: string, possible: ReadonlyMap<string, Repair>): Repair {
  const candidates = [...possible.keys()];
  const meant = possible.has(name) ? [name] : candidates.filter((id) => id.startsWith(name));
  if (meant.length > 1) fail("AMBIGUOUS_PARTIAL", { prefix: name, candidates: meant });
  return (
    possible.get(meant[0] ?? "") ??
    fail("NOTHING_TO_REPAIR", { revision: name, repair, candidates })
  );
}

/** How the heads change. Where a head goes the log says what lies below it, because no file does. */
function headsWithout(
  { graph, heads, log }: Verified,
  forgotten: readonly string[],
): Pick<RepairPlan, "removes" | "adds"> {
  if (!heads.some((id) => forgotten.includes(id))) return { removes: [], adds: [] };
  const kept = heads.filter((id) => !forgotten.includes(id));
  const recent = sinceStamp(log);
  const logged = graph.order.filter(({ id }) => recent.get(id)?.applied);
  const applied = graph.ancestors(
    [...kept.flatMap((id) => graph.find(id) ?? []), ...logged],
    "all",
  );
  const wanted = headsOf(graph, applied).map(({ id }) => id);
  return {
    removes: heads.filter(
      (id) => forgotten.includes(id) || (graph.has(id) && !wanted.includes(id)),
    ),
    adds: wanted.filter((id) => !heads.includes(id)),
  };
}
