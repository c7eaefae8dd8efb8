/** What `mig merge` finds out about the branches that it joins, and tells. */
import { loadDialect } from "../dialects/registry.ts";
import { list } from "../errors/words.ts";
import { error, MigError } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";
import type { Revision } from "../revisions/revision.ts";
import { type Commuting, tryOrders } from "../runtime/commuting.ts";
import { offlineOn } from "./history-schema.ts";
import { note, warn } from "./output.ts";
import type { GlobalOptions, Project } from "./project.ts";
import { dialectsOf } from "./test-project.ts";

interface Tried {
  /** Null where none is known. */
  readonly dialect: DialectName | null;
  readonly found: Commuting;
}

/**
 * Try whether the branches that end in `heads` commute, on each database of the project. Gives what is to be told once the
 * merge is written. Throws BRANCHES_CLASH, unless it is to be written all the same.
 */
export async function tryBranches(
  project: Project,
  options: GlobalOptions & { readonly force?: boolean },
  heads: readonly Revision[],
): Promise<() => void> {
  const tried = await tryEach(project, options, heads);
  const clash = clashIn(tried);
  if (clash !== null && !options.force) throw clash;
  return () => {
    if (clash !== null) warn(clash.message);
    for (const line of linesOf(tried, heads)) note(line);
  };
}

/** One database after the other, until there is a clash. */
async function tryEach(
  project: Project,
  options: GlobalOptions,
  heads: readonly Revision[],
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const dialect of dialectsIn(project)) {
    if (dialect instanceof MigError)
      return [{ dialect: null, found: { kind: "untried", why: dialect } }];
    const { scratch, scope } = offlineOn(project, await loadDialect(dialect), options, "merge");
    const found = await tryOrders(scratch, scope, heads);
    tried.push({ dialect, found });
    if (found.kind === "clash") return tried;
  }
  return tried;
}

/** A project without a database has a history all the same. */
function dialectsIn(project: Project): readonly (DialectName | MigError)[] {
  try {
    return dialectsOf(project);
  } catch (failure) {
    if (failure instanceof MigError) return [failure];
    throw failure;
  }
}

function clashIn(tried: readonly Tried[]): MigError | null {
  for (const { dialect, found } of tried) {
    if (found.kind !== "clash") continue;
    const { order, failure, differences, both } = found.clash;
    const why = failure?.message ?? null;
    const detail = { dialect: dialect ?? "", order, why, differences, both };
    const { revision, location, statement } = failure?.context ?? {};
    return error("BRANCHES_CLASH", detail, {
      ...(revision !== undefined && { revision }),
      ...(location !== undefined && { location }),
      ...(statement !== undefined && { statement }),
    });
  }
  return null;
}

function linesOf(tried: readonly Tried[], heads: readonly Revision[]): readonly string[] {
  const names = list(
    heads.map(({ id }) => id),
    "and",
  );
  const commuting = tried.filter(({ found }) => found.kind === "commute");
  const places = list(
    commuting.map(({ dialect }) => dialect ?? ""),
    "and",
  );
  const ownSql = commuting.some(({ found }) => found.kind === "commute" && found.hasOwnSql);
  const aside = ownSql ? "; what their own SQL and work do to rows was not compared" : "";
  const commute = `${names} commute on ${places}: either order leads to the same schema${aside}`;
  return [
    ...(commuting.length > 0 ? [commute] : []),
    ...tried.flatMap(({ dialect, found }) => {
      if (found.kind !== "untried") return [];
      const place = dialect === null ? "" : ` on ${dialect}`;
      return [`whether ${names} commute${place} was not tried: ${found.why.message}`];
    }),
  ];
}
