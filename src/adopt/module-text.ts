/** The TypeScript revision that an old migration becomes. */
import { writeModule } from "../autogenerate/draft.ts";
import { oneLine } from "./names.ts";
import type { ModuleBody, OldRevision } from "./system.ts";

export function moduleText(revision: OldRevision, body: ModuleBody, system: string): string {
  return writeModule(template(revision, body, system), {
    revision: revision.id,
    downRevisions: revision.downRevisions,
    branchLabels: revision.branchLabels,
    dependsOn: revision.dependsOn,
    message: oneLine(revision.message),
    createdAt: revision.createdAt ?? "",
    upgrade: body.up,
    downgrade: body.down ?? "",
    imports: body.imports,
  });
}

/** Not the project's own, so that a second import finds the text that the first one wrote. */
function template(
  { createdAt, author, from, notes, transaction }: OldRevision,
  { down }: ModuleBody,
  system: string,
): string {
  const fields = [
    "Revision:  {{revision}}",
    "Revises:   {{revises}}",
    ...(createdAt === null ? [] : ["Created:   {{created}}"]),
    ...(author === null ? [] : [`Author:    ${inComment(author)}`]),
    `Imported:  ${system}, ${inComment(from)}`,
    ...notes.map((note) => `Note:      ${inComment(note)}`),
  ];
  const none = [
    "/* There was nothing to undo this with, so that `mig downgrade` stops here until there is a function downgrade(op). */",
  ];
  const back = ["export function downgrade(op: Op) {", "{{downgrade}}", "}"];
  return [
    "/**",
    " * {{message}}",
    " *",
    ...fields.map((line) => ` * ${line}`),
    " */",
    'import type { Op } from "drizzle-mig";',
    "",
    "{{header}}",
    ...(transaction ? [] : ["export const transaction = false;"]),
    "",
    "export function upgrade(op: Op) {",
    "{{upgrade}}",
    "}",
    "",
    ...(down === null ? none : back),
    "",
  ].join("\n");
}

/** Nothing of another's text ends the comment, or is filled in. */
function inComment(text: string): string {
  return oneLine(text).replaceAll("*/", "*\\/").replaceAll("{{", "{ {");
}
