/** A pooler in transaction mode is refused before anything is done; one in session mode is as good as the server. */
import { expect, onTestFinished } from "vitest";
import { startPooler } from "../support/postgres/pooler.ts";
import { revisionFile } from "../support/project.ts";
import { errorOf, forEachPostgres, succeeded } from "../support/story.ts";
import { fault } from "./cases.ts";

const files = {
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade: 'op.createTable("t", [t.integer("a")]);',
  }),
};

forEachPostgres((place) => {
  async function through(mode: "transaction" | "session") {
    const story = await place.begin(files);
    const pooler = await startPooler(story.url, mode);
    onTestFinished(() => pooler.close());
    return { story, env: { DATABASE_URL: pooler.url } };
  }

  const locks =
    "SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  fault("in transaction mode", async () => {
    const { story, env } = await through("transaction");
    for (const command of [["upgrade"], ["downgrade", "base"], ["stamp", "a1"]]) {
      expect(errorOf(await story.mig([...command, "--json"], { env }))).toMatchObject({
        code: "POOLED_CONNECTION",
        message: expect.stringContaining(
          "its transactions share sessions of the server with others",
        ),
        help: expect.stringContaining("session mode"),
        state: expect.stringMatching(/^nothing was (run|changed)$/),
      });
    }
    // The pooler's sessions outlive the command: a lock that it had taken would be there for ever.
    expect(await story.rows(locks)).toEqual([]);
    expect(await story.schema()).toBe("");
    // Looking needs no session of its own.
    expect(succeeded(await story.mig(["current", "--json"], { env })).json()).toMatchObject({
      current: [],
    });
    succeeded(await story.mig(["upgrade"]));
  });

  fault("in session mode", async () => {
    const { story, env } = await through("session");
    succeeded(await story.mig(["upgrade"], { env }));
    expect(await story.heads()).toEqual(["a1"]);
    expect(await story.rows(locks)).toEqual([]);
  });
});
