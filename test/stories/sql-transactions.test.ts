/** BEGIN and COMMIT in the .sql files that another tool has left. */
import { expect, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import { errorOf, forEachDatabase, succeeded } from "../support/story.ts";

const header = "-- revision: a1\n-- down-revision: none\n";

forEachDatabase((place) => {
  test("are refused before anything runs, with the lines to drop", async () => {
    const story = await place.begin({
      "versions/a.sql": `${header}-- UP\n-- as it was\nBEGIN;\nCREATE TABLE one (id integer);\nCOMMIT;\n-- DOWN\nDROP TABLE one;\n`,
    });
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
      code: "TRANSACTION_IN_FILE",
      message: "the file begins or ends a transaction itself: BEGIN in line 5, COMMIT in line 7",
      help: "drop those lines: mig begins and commits the transaction of a revision; or let --strip-transactions leave BEGIN and COMMIT out",
      revision: "a1",
      location: "versions/a.sql:5",
      state: "nothing was run",
    });
    const script = succeeded(await story.mig(["upgrade", "--sql", "--strip-transactions"])).stdout;
    expect(script.match(/\bCOMMIT\b/g)).toHaveLength(1);
    succeeded(await story.mig(["upgrade", "--strip-transactions"]));
    expect(await story.rows("SELECT id FROM one")).toEqual([]);
    succeeded(await story.mig(["downgrade", "base"]));
  });

  test.each(["START TRANSACTION", "begin /* now */ transaction", "END", "COMMIT -- done"])(
    "whichever way they are written: %s",
    async (statement) => {
      const story = await place.begin({
        "versions/a.sql": `${header}CREATE TABLE one (id integer);\n${statement}\n;\n`,
      });
      expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
        code: "TRANSACTION_IN_FILE",
        location: "versions/a.sql:4",
      });
      succeeded(await story.mig(["upgrade", "--strip-transactions"]));
      expect(await story.heads()).toEqual(["a1"]);
    },
  );

  test("without a transaction they are those of a part, which has to end", async () => {
    const ts = (...calls: string[]) =>
      revisionFile({
        revision: "a1",
        header: "export const transaction = false;",
        upgrade: calls.map((sql) => `op.execute("${sql}");`).join("\n"),
      });
    const story = await place.begin({
      "versions/a.ts": ts(
        "CREATE TABLE one (id integer)",
        "BEGIN",
        "INSERT INTO one VALUES (1)",
        "ROLLBACK",
      ),
    });
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({
      code: "TRANSACTION_NOT_ENDED",
      location: expect.stringMatching(/^versions\/a\.ts:\d+:/),
      state: "nothing was run",
    });
    // What stands in one call is sent in one piece.
    const whole = "BEGIN; INSERT INTO one VALUES (1); COMMIT;";
    const behind = ["begin;", "INSERT INTO one VALUES (2)", "-- done\\nCOMMIT ;"];
    const beside = ["BEGIN; INSERT INTO one VALUES (3)", "COMMIT"];
    story.write({
      "versions/a.ts": ts("CREATE TABLE one (id integer)", whole, ...behind, ...beside),
    });
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT id FROM one ORDER BY id")).toEqual([
      { id: 1 },
      { id: 2 },
      { id: 3 },
    ]);
  });

  test("a ROLLBACK is never left out; one to a savepoint, and words in strings and bodies, are none", async () => {
    const story = await place.begin({
      "versions/a.sql": `${header}CREATE TABLE one (word text);\nROLLBACK;\n`,
    });
    expect(errorOf(await story.mig(["upgrade", "--strip-transactions", "--json"]))).toMatchObject({
      code: "TRANSACTION_IN_FILE",
      help: "drop that line: mig begins and commits the transaction of a revision",
    });
    const trigger =
      place.dialect === "sqlite"
        ? "CREATE TRIGGER t AFTER INSERT ON one BEGIN\nDELETE FROM one WHERE word = 'x';\nEND;"
        : "DO $$\nBEGIN\nPERFORM 1;\nEND\n$$;";
    story.write({
      "versions/a.sql": `${header}CREATE TABLE one (word text);
SAVEPOINT s;
INSERT INTO one VALUES ('undone');
ROLLBACK TO s;
INSERT INTO one VALUES ('BEGIN;
COMMIT;');
${trigger}\n`,
    });
    succeeded(await story.mig(["upgrade"]));
    expect(await story.rows("SELECT word FROM one")).toEqual([{ word: "BEGIN;\nCOMMIT;" }]);
  });
});
