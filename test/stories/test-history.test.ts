/** `mig test`: what is wrong with a history is found without a server. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, type Project, revisionFile } from "../support/project.ts";
import { copyExample } from "../support/story.ts";

const dialects = ["sqlite", "postgresql"] as const;

interface Finding {
  readonly kind: string;
  readonly revision: string | null;
  readonly direction: string | null;
  readonly message: string;
  readonly differences: readonly string[];
  readonly statement?: string;
  readonly location?: string;
  readonly help?: string;
}

interface Report {
  readonly dialect: string;
  readonly revisions: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

async function tested(project: Project, args: readonly string[] = []): Promise<[number, Report[]]> {
  const result = await project.mig(["test", "--json", ...args]);
  if (!result.stdout.includes('"dialects"')) throw new Error(result.stdout + result.stderr);
  return [result.code ?? -1, result.json<{ dialects: Report[] }>().dialects];
}

const users = revisionFile({
  revision: "a1",
  up: `op.createTable("users", [
    t.integer("id", { notNull: true, identity: "byDefault" }),
    t.varchar("email", { length: 20, notNull: true }),
    t.text("status", { notNull: true }),
  ], [
    primaryKey("users_pkey", ["id"]),
    unique("users_email_unique", ["email"]),
    check("users_status_check", sql\`status IN ('new', 'old')\`),
  ]);
  op.createTable("posts", [
    t.integer("id", { notNull: true, identity: "byDefault" }),
    t.integer("user_id", { notNull: true }),
  ], [
    primaryKey("posts_pkey", ["id"]),
    foreignKey("posts_user_id_fk", ["user_id"], "users", ["id"], { onDelete: "cascade" }),
  ]);`,
  down: `op.dropTable("posts"); op.dropTable("users");`,
});

function history(second: string, config = ""): Project {
  return createProject({
    "versions/a1.ts": users,
    "versions/b2.ts": second,
    "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({ environments: { dev: { url: "sqlite:data/dev.db" } }, ${config} });
`,
  });
}

function second(up: string, down: string): string {
  return revisionFile({ revision: "b2", down_revision: "a1", up, down });
}
