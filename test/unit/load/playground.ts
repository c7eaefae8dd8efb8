import { type ChildProcess, execFile, execFileSync, fork } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/** The two kinds of projects that there are, by the `type` of their package.json. */
export const PROJECT_TYPES = ["module", "commonjs"] as const;

/** Files of a project, by path. `link:` before a text makes a link to that path. */
export type Files = Readonly<Record<string, string>>;

const SERVER = `
import { createLoader } from "./loader.mjs";
const tool = { t: { integer: (name) => ({ name }) }, sql: (it) => it.join("") };
process.on("message", async ({ id, root, code }) => {
  const builtins = { "drizzle-mig": async () => tool };
  const loader = createLoader({ root, builtins });
  const plain = (e) => e && { name: e.name, code: e.code, message: e.message, context: e.context && { ...e.context, cause: undefined }, cause: e.context?.cause?.message };
  const failure = (path) => loader.import(path).then(() => undefined, plain);
  try {
    const AsyncFunction = (async () => {}).constructor;
    const run = new AsyncFunction("loader", "root", "tool", "failure", "native", code);
    const value = await run(loader, root, tool, failure, (url) => import(url));
    process.send({ id, value });
  } catch (error) {
    process.send({ id, error: String(error.stack) + JSON.stringify(plain(error)) });
  }
});
`;

/** A process of plain Node in which a bundle of the loader runs, as users have it. */
export class Playground {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), "mig-load-")));
  readonly #waiting = new Map<number, (answer: { value?: unknown; error?: string }) => void>();
  readonly #child: ChildProcess;
  #count = 0;

  constructor() {
    symlinkSync(join(REPOSITORY, "node_modules"), join(this.#folder, "node_modules"));
    this.#build();
    writeFileSync(join(this.#folder, "server.mjs"), SERVER);
    this.#child = fork(join(this.#folder, "server.mjs"), { execArgv: [], env: {} });
    this.#child.on("message", (answer: { id: number; value?: unknown; error?: string }) => {
      this.#waiting.get(answer.id)?.(answer);
    });
  }

  #build(): void {
    const esbuild = join(REPOSITORY, "node_modules/.bin/esbuild");
    const options = ["--bundle", "--format=esm", "--platform=node", "--packages=external"];
    const out = `--outfile=${join(this.#folder, "loader.mjs")}`;
    const entry = join(REPOSITORY, "src/load/loader.ts");
    execFileSync(esbuild, [entry, ...options, out, "--log-level=error"]);
  }

  /** Write a project; gives its folder. `drizzle-orm` is installed in it. */
  project(type: (typeof PROJECT_TYPES)[number], files: Files): string {
    const root = join(this.#folder, `project-${this.#count++}`);
    const manifest = type === "module" ? { type } : {};
    const installed = `link:${join(REPOSITORY, "node_modules/drizzle-orm")}`;
    const all = {
      "package.json": JSON.stringify(manifest),
      "node_modules/drizzle-orm": installed,
      ...files,
    };
    for (const [path, text] of Object.entries(all)) writeAt(join(root, path), text);
    return root;
  }

  /** Run the body of an async function that knows `loader`, `root`, `tool`, `failure(path)` and `native(url)`. */
  run(root: string, code: string): Promise<unknown> {
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ value, error }) => {
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      this.#child.send({ id, root, code });
    });
  }

  /** What `main` of a project exports, as far as JSON can tell. */
  exportsOf(root: string, main: string): Promise<unknown> {
    return this.run(root, `return { ...(await loader.import(${JSON.stringify(main)})) }`);
  }

  /** What a module prints in a process of its own; it finds the loader in "./loader.mjs". */
  print(source: string, cwd: string): string {
    const script = this.#script(source);
    return execFileSync(process.execPath, [script], { cwd, env: {}, encoding: "utf8" }).trim();
  }

  /** The same, without waiting for it to end. */
  async printLater(source: string, cwd: string): Promise<string> {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [this.#script(source)], { cwd, env: {} });
    return stdout.trim();
  }

  /** Give the bundle of the loader another time, as an update does. */
  update(): void {
    utimesSync(join(this.#folder, "loader.mjs"), new Date(), new Date(this.#count++));
  }

  #script(source: string): string {
    const script = join(this.#folder, `script-${this.#count++}.mjs`);
    writeFileSync(script, source);
    return script;
  }

  close(): void {
    this.#child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function writeAt(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (text.startsWith("link:")) symlinkSync(text.slice("link:".length), path);
  else writeFileSync(path, text);
}
