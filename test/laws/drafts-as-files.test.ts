/** A draft is a file that a strict compiler has nothing against. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { writeModule } from "../../src/autogenerate/draft.ts";
import { render } from "../../src/autogenerate/render/render.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { draftedOperations } from "../support/arbitrary-drafts.ts";

const repository = resolve(import.meta.dirname, "../..");
const template = readFileSync(join(repository, "templates/revision.ts.template"), "utf8");

function moduleOf(operations: readonly Operation[], at: number): string {
  const { text, imports } = render(
    operations.map((operation) => ({
      operation,
      remarks: ["LOSES DATA: 1 row of t will be gone"],
    })),
  );
  return writeModule(template, {
    revision: `r${at}`,
    downRevisions: [],
    branchLabels: [],
    dependsOn: [],
    message: "drafted",
    createdAt: "2026-01-01T00:00:00Z",
    upgrade: text,
    downgrade: text,
    imports,
  });
}

/** What the compiler says; nothing where all is well. */
function compile(folder: string): string {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder], {
    encoding: "utf8",
  });
  return status === 0 ? "" : (stdout + stderr).slice(0, 2_000);
}

test("drafts are well-typed", () => {
  const folder = mkdtempSync(join(tmpdir(), "mig-drafts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const drafts = (["postgresql", "sqlite"] as const).flatMap((dialect) =>
    fc.sample(draftedOperations(dialect), { numRuns: 60, seed: 1 }),
  );
  for (const [at, it] of drafts.entries())
    writeFileSync(join(folder, `d${at}.ts`), moduleOf(it, at));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const options = {
    extends: join(repository, "tsconfig.json"),
    compilerOptions: {
      noUnusedLocals: true,
      paths: { "drizzle-mig": [join(repository, "src/index.ts")] },
      typeRoots: [join(repository, "node_modules/@types")],
    },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
  expect(compile(folder)).toBe("");
});
