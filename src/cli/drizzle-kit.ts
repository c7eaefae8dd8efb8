/** The project's own drizzle-kit, which writes schema files. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { maskedText } from "../dialects/mask.ts";
import { locationOf } from "../dialects/sqlite/url.ts";
import { fail } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";

export interface PullOptions {
  readonly root: string;
  readonly dialect: DialectName;
  readonly url: string;
  readonly schemas: readonly string[];
  /** Tables that are not to be in the file. */
  readonly without: readonly string[];
}

/** The text of the schema file that `drizzle-kit pull` writes. Throws KIT_MISSING and PULL_FAILED. */
export function pullSchema(options: PullOptions): string {
  const command = commandOf(options.root);
  // It writes more than is asked for (a migration, relations), into a folder that nobody sees.
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "mig-pull-"));
  try {
    // In a file, not among the arguments: those of a process are to be seen by everybody.
    const config = join(folder, "drizzle.config.ts");
    writeFileSync(config, `export default ${JSON.stringify(configOf(options))};\n`, {
      mode: 0o600,
    });
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [command, "pull", `--config=${config}`],
      {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const written = join(folder, "out/schema.ts");
    // It ends with 0 after some failures, too.
    if (!existsSync(written)) fail("PULL_FAILED", { why: reasonIn(stdout + stderr) });
    return readFileSync(written, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandOf(root: string): string {
  try {
    const main = createRequire(join(root, "package.json")).resolve("drizzle-kit");
    return join(dirname(main), "bin.cjs");
  } catch {
    return fail("KIT_MISSING", {});
  }
}

function configOf({ root, dialect, url, schemas, without }: PullOptions) {
  return {
    dialect,
    out: "out",
    dbCredentials: { url: dialect === "sqlite" ? fileOf(url, root) : url },
    schemaFilter: schemas,
    tablesFilter: ["*", ...without.map((name) => `!${name}`)],
  };
}

/** drizzle-kit would make a file that is not there. */
function fileOf(url: string, root: string): string {
  const { path, shown } = locationOf(url, root);
  return existsSync(path) ? path : fail("PULL_FAILED", { why: `${shown} does not exist` });
}

/** Its last words, without the progress that it draws. */
function reasonIn(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim());
  const told = lines.filter(
    (line) => line !== "" && !/^\[|^at |^Reading config|^Using |^Pulling/.test(line),
  );
  const reason = told.find((line) => /error/i.test(line)) ?? told.at(-1);
  return maskedText(reason ?? "it said nothing");
}
