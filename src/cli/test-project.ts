/** The history of a project put to the test, on each database that it is for. */
import { diff } from "../autogenerate/diff.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { dialectNameOf, loadDialect } from "../dialects/registry.ts";
import { schemaFor, schemasOf } from "../migrator/comparing.ts";
import { checkOptions } from "../migrator/usage.ts";
import { type DialectName, dialectNames, type Schema } from "../model/schema.ts";
import { describe } from "../operations/describe.ts";
import { compareSchemas } from "../runtime/comparison.ts";
import type { DialectReport, Finding } from "../runtime/testing/finding.ts";
import { testOn } from "../runtime/testing/test-history.ts";
import type { Trial, TrialOptions } from "../runtime/testing/trial.ts";
import type { Project } from "./project.ts";
import { scratchOptions } from "./scratch.ts";

export interface TestOptions {
  /** Those of the project when absent. */
  readonly dialects?: readonly DialectName[];
  /** Several heads are no mistake. */
  readonly allowHeads?: boolean;
  /** Kill the upgrade behind each statement of every revision, too. */
  readonly crash?: boolean;
  /** `op.args` of the revisions. */
  readonly args?: Readonly<Record<string, string>>;
}

/** Of the library: what is typed wrong must not be left out in silence. Throws WRONG_USAGE. */
export function refuseUnknownOptions(options: object): void {
  checkOptions("testHistory", options);
}

/** Test the history on each database, one after the other. `done` is told of each. */
export async function testProject(
  project: Project,
  options: TestOptions,
  done: (report: DialectReport) => void = () => {},
): Promise<readonly DialectReport[]> {
  const reports: DialectReport[] = [];
  for (const name of options.dialects ?? dialectsOf(project)) {
    const report = await testDialect(project, await loadDialect(name), options);
    reports.push(report);
    done(report);
  }
  return reports;
}

/** Those with a schema; where none has one, those of the environments. */
export function dialectsOf(project: Project): readonly DialectName[] {
  const { schema = {}, environments = {} } = project.config;
  const declared = dialectNames.filter((name) => schema[name] !== undefined);
  if (declared.length > 0) return declared;
  const urls = Object.values(environments).flatMap(({ url }) => (url ? [url] : []));
  const used = new Set(urls.map(dialectNameOf));
  if (used.size === 0) used.add(dialectNameOf(project.environment().url));
  return dialectNames.filter((name) => used.has(name));
}

async function testDialect(
  project: Project,
  dialect: Dialect,
  options: TestOptions,
): Promise<DialectReport> {
  const desired = await desiredSchema(project, dialect);
  const trialOptions = trialOf(project, dialect, desired, options);
  const report = await testOn(trialOptions, {
    crash: options.crash ?? false,
    atHeads: async (trial) => {
      if (desired !== null) await checkHeads(project, trial, desired);
    },
  });
  return { ...report, findings: [...headsFinding(project, options), ...report.findings] };
}

/** The Drizzle schema of `dialect`; null where the config names none. */
export async function desiredSchema(project: Project, dialect: Dialect): Promise<Schema | null> {
  return project.config.schema?.[dialect.name] === undefined ? null : schemaFor(project, dialect);
}

function trialOf(
  project: Project,
  dialect: Dialect,
  desired: Schema | null,
  { args = {} }: TestOptions,
): TrialOptions {
  const { config, versionTable } = project;
  return {
    ...scratchOptions(project, dialect, { command: "test", args }),
    scope: {
      versionTable,
      ...(config.schemas && { schemas: config.schemas }),
      ...(desired !== null && { wanted: schemasOf(desired) }),
      ...(config.exclude && { exclude: config.exclude }),
    },
  };
}

function headsFinding(project: Project, { allowHeads = false }: TestOptions): readonly Finding[] {
  const { heads } = project.graph();
  if (allowHeads || heads.length < 2) return [];
  return [
    {
      kind: "heads",
      revision: null,
      direction: null,
      message: `the history has ${heads.length} heads`,
      differences: heads.map(({ id, message }) => `${id}  ${message}`.trimEnd()),
      help: "join them with `mig merge heads -m TEXT`, or say --allow-heads",
    },
  ];
}

/** The schema that the history leads to, against the one that is wanted. */
async function checkHeads(project: Project, trial: Trial, desired: Schema): Promise<void> {
  const { options, connection, findings } = trial;
  const compared = await compareSchemas({
    ...options,
    connection,
    desired,
    include: project.config.include ?? (() => true),
    reflected: await options.dialect.reflect(connection, options.scope),
  });
  const { operations } = diff(compared.current, compared.desired, compared.options);
  if (operations.length === 0) return;
  findings.push({
    kind: "check",
    revision: null,
    direction: null,
    message: "the history does not lead to the Drizzle schema",
    differences: operations.map(describe),
    help: "`mig revision --autogenerate` drafts what is missing",
  });
}
