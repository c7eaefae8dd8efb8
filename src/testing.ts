/** For test runners: `import { testHistory } from "drizzle-mig/testing"`. */
import { openProject } from "./cli/project.ts";
import { refuseUnknownOptions, type TestOptions, testProject } from "./cli/test-project.ts";
import type { DialectReport } from "./runtime/testing/finding.ts";

export type { TestOptions } from "./cli/test-project.ts";
export type { DialectReport, Finding } from "./runtime/testing/finding.ts";

export interface TestHistoryOptions extends TestOptions {
  /** The config file; migrator.config.ts of the current folder when absent. */
  readonly config?: string;
}

/** What `mig test` does: the reports of each database. The history is good where none holds a finding. */
export async function testHistory(
  given: TestHistoryOptions = {},
): Promise<readonly DialectReport[]> {
  refuseUnknownOptions(given);
  const { config, ...options } = given;
  const project = await openProject(config === undefined ? {} : { config });
  return testProject(project, options);
}
