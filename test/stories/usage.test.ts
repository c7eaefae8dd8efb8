/** How a command is typed: wrong usage ends with 2, and says what would be right. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, revisionFile } from "../support/project.ts";
import { refuses, revisions, snapshot } from "./support.ts";

const manifest = readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8");
const { version } = JSON.parse(manifest) as { version: string };

describe("mig by itself", () => {
  test("--version and -V print the version, wherever they are run", async () => {
    const project = createProject({ "migrator.config.ts": "this is no config" });
    for (const option of ["--version", "-V"]) {
      const { code, stdout, stderr } = await project.mig([option]);
      expect([code, stdout, stderr]).toEqual([0, `${version}\n`, ""]);
    }
  });

  test("without a command it prints the help, on stderr, and ends with 2", async () => {
    const { code, stdout, stderr } = await createProject().mig([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^Usage: mig \[options\] \[command\]\n/);
  });

  test("help, --help and -h print it on stdout and end with 0", async () => {
    const project = createProject();
    for (const option of ["help", "--help", "-h"]) {
      const { code, stdout, stderr } = await project.mig([option]);
      expect([code, stderr]).toEqual([0, ""]);
      for (const command of "init revision merge edit upgrade downgrade stamp current heads branches history show status".split(
        " ",
      )) {
        expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b.* {2}\\S`, "m"));
      }
    }
  });

  test("every command has a help of its own", async () => {
    const project = createProject();
    for (const args of [
      ["upgrade", "--help"],
      ["help", "upgrade"],
    ]) {
      const { code, stdout, stderr } = await project.mig(args);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^Usage: mig upgrade \[options\] \[targets\.\.\.\]\n/);
      expect(stdout).toContain("--dry-run");
    }
  });
});

describe("what was typed wrong", () => {
  const help = "help: `mig --help` lists the commands, `mig COMMAND --help` its options";
  test.each([
    ["an unknown command", ["histroy"], "unknown command 'histroy' (Did you mean history?)"],
    ["an unknown command like no other", ["frobnicate"], "unknown command 'frobnicate'"],
    ["an unknown option", ["history", "--grph"], "unknown option '--grph' (Did you mean --graph?)"],
    ["an unknown option before the command", ["--yess", "upgrade"], "unknown option '--yess'"],
    ["a missing argument", ["downgrade"], "missing required argument 'target'"],
    [
      "one argument too many",
      ["heads", "a"],
      "too many arguments for 'heads'. Expected 0 arguments but got 1.",
    ],
    [
      "a value that is none of the choices",
      ["upgrade", "--transaction", "some"],
      "option '--transaction <mode>' argument 'some' is invalid. Allowed choices are each, all.",
    ],
    ["an -x without a key", ["-x", "=5", "upgrade"], "-x =5 names no key"],
  ])("%s", async (_, args, message) => {
    const project = createProject(revisions({ a: null }));
    await refuses(project, args, {
      code: "WRONG_USAGE",
      exit: 2,
      says: `error: ${message}\n${help}`,
    });
  });

  test("is said before the config is even looked for", async () => {
    const project = createProject({ "migrator.config.ts": "throw new Error('loaded')" });
    const { code, stderr } = await project.mig(["upgrade", "--sqll"]);
    expect([code, stderr]).toEqual([
      2,
      `error: unknown option '--sqll' (Did you mean --sql?)\n${help}\n`,
    ]);
  });
});

describe("options of every command", () => {
  test("may stand before it and behind it", async () => {
    const project = createProject({
      ...revisions({ a: null }),
      "other.config.ts":
        'export default { environments: { x: { url: "sqlite:x.db" }, y: { url: "sqlite:y.db" } } };',
    });
    expect(await project.mig("-c other.config.ts -n y upgrade head".split(" "))).toMatchObject({
      code: 0,
    });
    expect(await project.mig("upgrade -c other.config.ts head -n x".split(" "))).toMatchObject({
      code: 0,
    });
    expect(Object.keys(snapshot(project))).toEqual(expect.arrayContaining(["x.db", "y.db"]));
  });

  test("-x reaches op.args, as often as it is given", async () => {
    const upgrade = `op.run("show", (db) => console.log(JSON.stringify(op.args)));
  op.execute(sql\`CREATE TABLE made (tenant text)\`);
  op.insert("made", [{ tenant: op.args.tenant ?? "nobody" }]);`;
    const project = createProject({ "versions/a.ts": revisionFile({ revision: "a", upgrade }) });
    const args = ["-x", "tenant=it's=me", "-x", "flag", "upgrade", "-x", "empty="];
    const { code, stderr } = await project.mig(args);
    expect(code).toBe(0);
    expect(stderr).toContain(JSON.stringify({ tenant: "it's=me", flag: "", empty: "" }));
    expect(project.sqlite("SELECT * FROM made")).toEqual([{ tenant: "it's=me" }]);
  });
});
