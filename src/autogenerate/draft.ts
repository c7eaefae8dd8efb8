/** The text of a new revision: its header, its scripts, in the form of a template. */

/** What a template is filled with. */
export interface Draft {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** The bodies of the two scripts, indented; empty for nothing. */
  readonly upgrade: string;
  readonly downgrade: string;
  /** What the scripts need of drizzle-mig, besides the type `Op`. */
  readonly imports: readonly string[];
}

/** A TypeScript revision. */
export function writeModule(template: string, draft: Draft): string {
  return fill(withImports(template, draft.imports), {
    message: commentLines(draft.message),
    revision: draft.revision,
    revises: draft.downRevisions.join(", ") || "none",
    created: draft.createdAt,
    header: moduleHeader(draft),
    upgrade: draft.upgrade,
    downgrade: draft.downgrade,
  });
}

/** A revision in SQL. */
export function writeSql(template: string, draft: Draft): string {
  return fill(template, {
    message: draft.message.replace(/\s+/g, " ").trim(),
    revision: draft.revision,
    revises: draft.downRevisions.join(", ") || "none",
    created: draft.createdAt,
    header: sqlHeader(draft),
    upgrade: draft.upgrade,
    downgrade: draft.downgrade,
  });
}

/** The import of `Op`, with what else is needed. A template of the project's own may have another: then one more is added. */
function withImports(template: string, names: readonly string[]): string {
  if (names.length === 0) return template;
  const typeOnly = 'import type { Op } from "drizzle-mig";';
  const all = `import { ${["type Op", ...names].join(", ")} } from "drizzle-mig";`;
  if (template.includes(typeOnly)) return template.replace(typeOnly, all);
  const first = /^import\b/m.exec(template)?.index ?? template.search(/^\{\{header\}\}/m);
  const more = `import { ${names.join(", ")} } from "drizzle-mig";\n`;
  const at = Math.max(first, 0);
  return template.slice(0, at) + more + template.slice(at);
}

function moduleHeader({ revision, downRevisions, branchLabels, dependsOn }: Draft): string {
  const [parent = null] = downRevisions;
  const lines = [
    `export const revision = ${JSON.stringify(revision)};`,
    `export const downRevision = ${downRevisions.length > 1 ? list(downRevisions) : JSON.stringify(parent)};`,
    ...(branchLabels.length > 0 ? [`export const branchLabels = ${list(branchLabels)};`] : []),
    ...(dependsOn.length > 0 ? [`export const dependsOn = ${list(dependsOn)};`] : []),
  ];
  return lines.join("\n");
}

function sqlHeader({ branchLabels, dependsOn }: Draft): string {
  return [
    ...(branchLabels.length > 0 ? [`-- branch-labels: ${branchLabels.join(", ")}`] : []),
    ...(dependsOn.length > 0 ? [`-- depends-on: ${dependsOn.join(", ")}`] : []),
  ].join("\n");
}

function list(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
}

/** The lines of a doc comment: a message cannot end it, nor leave it. */
function commentLines(message: string): string {
  const lines = message.replaceAll("*/", "*\\/").trim().split(/\r?\n/);
  return lines
    .map((line) => line.trim())
    .join("\n * ")
    .replace(/ +$/gm, "");
}

/** Replace {{names}}. A line that holds nothing but an empty value goes with it. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  const known = (name: string) => Object.hasOwn(values, name);
  return template
    .split("\n")
    .filter((line) => {
      const only = /^\s*\{\{(\w+)\}\}\s*$/.exec(line)?.[1];
      return only === undefined || !known(only) || values[only] !== "";
    })
    .map((line) =>
      line.includes("{{")
        ? line
            .replace(/\{\{(\w+)\}\}/g, (token, name: string) =>
              known(name) ? (values[name] ?? "") : token,
            )
            .trimEnd()
        : line,
    )
    .join("\n");
}
