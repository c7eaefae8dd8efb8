/** Graphs of Alembic, as real projects have them, and what its version table means. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createProject } from "../support/project.ts";
import { forEachDatabase, succeeded } from "../support/story.ts";
import { imported, statesOf } from "./import-support.ts";

const graphs = resolve(import.meta.dirname, "../cases/graphs");

interface Graph {
  /** What Alembic itself answers. */
  readonly expect: { readonly heads: readonly string[] };
  readonly revisions: readonly {
    readonly revision: string;
    readonly downRevision?: string | readonly string[] | null;
    readonly dependsOn?: string | readonly string[] | null;
    readonly branchLabels?: string | readonly string[] | null;
    readonly message?: string;
  }[];
}

/** A value as Alembic's template writes it. */
function python(value: string | readonly string[] | null | undefined): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "string") return `"${value}"`;
  return `(${value.map((each) => `'${each}',`).join(" ")})`;
}

function file({ revision, message, ...it }: Graph["revisions"][number]): string {
  return `"""${message ?? ""}

Revision ID: ${revision}
Create Date: 2026-01-23 14:30:52.123456
"""
from alembic import op

revision: str = '${revision}'
down_revision = ${python(it.downRevision)}
branch_labels = ${python(it.branchLabels)}
depends_on = ${python(it.dependsOn)}


def upgrade():
    tidy_up()
`;
}

for (const name of readdirSync(graphs)) {
  test(`the graph of ${name} has the heads that Alembic gives it`, async () => {
    const graph = JSON.parse(readFileSync(join(graphs, name), "utf8")) as Graph;
    const files = graph.revisions.map((each, at) => [`old/versions/f${at}.py`, file(each)]);
    const project = createProject(Object.fromEntries(files));
    succeeded(await project.mig(["import", "alembic", "old"]));
    const heads = succeeded(await project.mig(["heads", "--json"]));
    const found = heads.json<{ revision: string }[]>().map(({ revision }) => revision);
    const wanted = graph.expect.heads.map((id) => id.replace(/\W/g, "_"));
    expect(found.toSorted()).toEqual(wanted.toSorted());
  });
}

forEachDatabase((place) => {
  test("a row of the version table stands for all before it; what is not written cannot run", async () => {
    const story = await place.begin({
      "old/env.py": "revision = 1\n",
      "old/versions/a.py": file({ revision: "ae10", message: "First" }),
      "old/versions/b.py": file({ revision: "be20", downRevision: "ae10" }),
      "old/versions/c.py": file({ revision: "ce30", downRevision: "be20" }),
    });
    await story.exec(
      "CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('be20');",
    );
    const { revisions, current } = await imported(story, "alembic");
    expect(current).toEqual(["be20"]);
    expect(revisions[0]).toMatchObject({ message: "First", state: "applied" });
    expect(await statesOf(story)).toEqual(["ae10 applied", "be20 applied", "ce30 pending"]);
    expect(await story.log()).toEqual(["stamp be20"]);
    const result = await story.mig(["upgrade", "head"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("imported_from_alembic_and_not_written_yet");
    expect(await story.heads()).toEqual(["be20"]);
  });

  test("what only Python knows is refused, with the file", async () => {
    const story = await place.begin({ "old/a.py": "revision = make_id()\n" });
    const { stderr } = await story.mig(["import", "alembic", "old"]);
    expect(stderr).toContain("old/a.py");
    expect(story.list("versions")).toEqual([".gitkeep"]);
  });
});
