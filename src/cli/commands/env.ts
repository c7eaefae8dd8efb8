import type { Failure } from "../../config/callbacks.ts";
import { defaultName, environmentNames, pickEnvironment } from "../../config/environment.ts";
import { masked } from "../../dialects/mask.ts";
import { dialectNameOf } from "../../dialects/registry.ts";
import { fail, MigError } from "../../errors.ts";
import { failureDocument } from "../../migrator/failure-document.ts";
import type { DialectName } from "../../model/schema.ts";
import { pendingRevisions } from "../../revisions/applied.ts";
import { colours, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject, type Project } from "../project.ts";
import { withSession } from "../session.ts";

interface EnvironmentLine {
  readonly name: string;
  readonly isDefault: boolean;
  readonly protected: boolean;
  readonly readOnly: boolean;
  /** Null where the environment has none. */
  readonly dialect: DialectName | null;
  readonly url: string | null;
  /** Null where the database does not answer. */
  readonly current: readonly string[] | null;
  readonly pending: number | null;
  readonly error: Failure | null;
}

/** `mig env`: the environments, and where their databases are. One that does not answer says so in its line. */
export async function env(options: GlobalOptions): Promise<void> {
  const project = await openProject(options);
  project.graph();
  const known = environmentNames(project.config);
  const { env: chosen } = options;
  if (chosen !== undefined && !known.includes(chosen))
    fail("UNKNOWN_ENVIRONMENT", { name: chosen, known });
  const names = chosen === undefined ? known : [chosen];
  const lines = await Promise.all(names.map((name) => look(project, options, name)));
  if (options.json) printJson({ environments: lines });
  else for (const line of lines) print(lineText(line));
}

async function look(
  project: Project,
  options: GlobalOptions,
  name: string,
): Promise<EnvironmentLine> {
  const { config } = project;
  const isDefault = name === defaultName(config);
  const { protected: isProtected = false, readOnly = false } = config.environments?.[name] ?? {};
  const known = { name, isDefault, protected: isProtected, readOnly };
  const place: { dialect: DialectName | null; url: string | null } = { dialect: null, url: null };
  try {
    const only = options.env === name || isDefault;
    const named = known.isDefault && config.environments?.[name] === undefined ? {} : { env: name };
    const picked = { ...named, ...(only && options.url !== undefined && { url: options.url }) };
    const environment = pickEnvironment(config, picked, process.env);
    place.url = masked(environment.url);
    place.dialect = dialectNameOf(environment.url);
    const here = await readHere({ ...project, environment: () => environment });
    return { ...known, ...place, ...here, error: null };
  } catch (error) {
    if (!(error instanceof MigError)) throw error;
    return { ...known, ...place, current: null, pending: null, error: failureDocument(error) };
  }
}

function readHere(project: Project) {
  return withSession(project, { readOnly: true }, async ({ connection }) => {
    const current = (await connection.state()).heads ?? [];
    return { current, pending: pendingRevisions(project.graph(), current).length };
  });
}

function lineText({ name, dialect, url, current, pending, error, ...it }: EnvironmentLine): string {
  const marks = [
    it.isDefault && "default",
    it.protected && "protected",
    it.readOnly && "read-only",
  ];
  const shown = marks.flatMap((mark) => (mark ? ` (${mark})` : [])).join("");
  const at = [
    url === null ? "" : `  ${dialect === null ? "" : `${dialect}  `}${url}`,
    current === null ? "" : `  at ${current.join(", ") || "base"}, ${pending} pending`,
  ].join("");
  const failed = error === null ? "" : `\n    ${colours.red(error.message)}`;
  return `${colours.yellow(name)}${shown}${colours.dim(at)}${failed}`;
}
