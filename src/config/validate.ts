/** Checks what a config file exported, so that a typing mistake is an error and never a silent default. */
import { fail } from "../errors.ts";
import type { Config } from "./config.ts";
import { parseDuration } from "./duration.ts";

type Check = (value: unknown) => string | null;

/** What `fileTemplate` may hold. */
const fileTokens = ["year", "month", "day", "hour", "minute", "second", "revision", "slug"].map(
  (name) => `{${name}}`,
);

const text: Check = (value) =>
  typeof value === "string" && value !== "" ? null : "has to be a text";
const flag: Check = (value) => (typeof value === "boolean" ? null : "has to be true or false");
const paths: Check = (value) =>
  text(value) === null ||
  (Array.isArray(value) && value.length > 0 && value.every((it) => text(it) === null))
    ? null
    : "has to be a path or a list of paths";
const duration: Check = (value) =>
  typeof value === "string" && parseDuration(value) !== null
    ? null
    : 'has to be a duration such as "5s", "500ms" or "2min"';
const fileTemplate: Check = (value) => {
  const wrong = text(value);
  if (wrong !== null || typeof value !== "string") return wrong;
  const unknown = value.match(/\{\w*\}/g)?.find((token) => !fileTokens.includes(token));
  if (unknown) return `holds ${unknown}; there are ${fileTokens.join(" ")}`;
  // Of such files and folders the history takes no notice.
  return /(?:^|\/)(?:[._]|node_modules\/)|\.d$/.test(value.replaceAll(/(?:^|\/)\.\.?(?=\/)/g, ""))
    ? "gives names that the versions folder leaves out: none may start with _ or ."
    : null;
};
const names: Check = (value) =>
  Array.isArray(value) && value.every((it) => text(it) === null)
    ? null
    : "has to be a list of names";
const casing: Check = (value) =>
  value === "snake_case" || value === "camelCase" ? null : 'has to be "snake_case" or "camelCase"';
const callback: Check = (value) => (typeof value === "function" ? null : "has to be a function");
/** An object whose members are checked by who reads them. */
const anything: Check = (value) =>
  typeof value === "object" && value !== null ? null : "has to be an object";
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? null : check(value);

/** A shape is an object with these members and no others; each is a check or a shape of its own. */
interface Shape {
  readonly [member: string]: Check | Shape;
}

const environment: Shape = {
  // An environment variable that is not set gives undefined or an empty text: that is said when the URL is needed.
  url: (value) => (value === undefined || typeof value === "string" ? null : "has to be a text"),
  protected: flag,
  readOnly: flag,
  lockTimeout: duration,
  statementTimeout: duration,
  backup: text,
};

const config: Shape = {
  versions: paths,
  schema: { sqlite: paths, postgresql: paths },
  defaultEnvironment: text,
  fileTemplate,
  templates: text,
  versionTable: { name: text, schema: text },
  schemas: names,
  exclude: names,
  casing,
  include: callback,
  processDraft: callback,
  beforeRun: callback,
  beforeRevision: callback,
  afterRevision: callback,
  afterRun: callback,
  onError: callback,
  afterWrite: paths,
  lint: anything,
  scratch: { postgresql: text, skip: names, prepare: { sqlite: text, postgresql: text } },
  parity: { ignore: names },
};

/** `exported` as a Config, or CONFIG_INVALID naming the member and what it has to be. */
export function validateConfig(exported: unknown, file: string): Config {
  const problem = problemOfExport(exported);
  if (problem !== null) fail("CONFIG_INVALID", { file, path: null, why: problem });
  const { environments, ...rest } = exported as Record<string, unknown>;
  checkShape(rest, config, file, []);
  if (environments !== undefined) checkEnvironments(environments, file);
  const checked = exported as Config;
  const chosen = checked.defaultEnvironment;
  if (chosen !== undefined && !Object.hasOwn(checked.environments ?? {}, chosen)) {
    fail("CONFIG_INVALID", {
      file,
      path: "defaultEnvironment",
      why: `names "${chosen}", which is not in \`environments\``,
    });
  }
  return checked;
}

function problemOfExport(exported: unknown): string | null {
  if (exported === undefined) return "has no default export";
  if (exported instanceof Promise) return "exports a promise instead of a config";
  if (typeof exported === "function") return "exports a function instead of a config";
  const isConfig = typeof exported === "object" && exported !== null && !Array.isArray(exported);
  return isConfig ? null : "exports by default what is no config";
}

function checkEnvironments(value: unknown, file: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    fail("CONFIG_INVALID", {
      file,
      path: "environments",
      why: "has to be an object: { dev: { url: … } }",
    });
  }
  for (const [name, it] of Object.entries(value)) {
    checkShape(it, environment, file, ["environments", name]);
  }
}

function checkShape(value: unknown, shape: Shape, file: string, path: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const example = path.join() === "schema" ? ': { postgresql: "schema.ts" }' : "";
    fail("CONFIG_INVALID", { file, path: path.join("."), why: `has to be an object${example}` });
  }
  for (const [member, it] of Object.entries(value)) {
    const here = [...path, member];
    const expected = Object.hasOwn(shape, member) ? shape[member] : undefined;
    if (expected === undefined) {
      const known = [...Object.keys(shape), ...(path.length === 0 ? ["environments"] : [])];
      fail("CONFIG_INVALID", {
        file,
        path: here.join("."),
        why: `is unknown; there are ${known.join(", ")}`,
      });
    }
    if (it === undefined) continue;
    if (typeof expected === "object") checkShape(it, expected, file, here);
    else {
      const wrong = optional(expected)(it);
      if (wrong !== null) fail("CONFIG_INVALID", { file, path: here.join("."), why: wrong });
    }
  }
}
