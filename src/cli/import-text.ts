/** The file that an old migration becomes: SQL, unless its way back cannot be said in SQL. */
import { moduleText } from "../adopt/module-text.ts";
import { oneLine } from "../adopt/names.ts";
import { revisionText } from "../adopt/revision-text.ts";
import type { OldRevision } from "../adopt/system.ts";
import { writeModule } from "../autogenerate/draft.ts";
import { type Drafted, render } from "../autogenerate/render/render.ts";
import type { WayBack } from "../runtime/ways-back.ts";
import { builtInTemplate } from "./templates.ts";

/** Where the way back came from. */
export type Downgrade = "kept" | "drafted" | "none";

export interface ImportedText {
  readonly extension: ".sql" | ".ts";
  readonly text: string;
  readonly downgrade: Downgrade;
}

const drafted = "the way back was drafted by mig: read it before you rely on it";

/** The text of `old`, with the way back that was drafted for it. */
export function importedText(
  old: OldRevision,
  system: string,
  way: WayBack | undefined,
): ImportedText {
  const { body } = old;
  if (way === undefined) {
    const downgrade = body.down === null ? "none" : "kept";
    if ("imports" in body)
      return { extension: ".ts", text: moduleText(old, body, system), downgrade };
    return { extension: ".sql", text: revisionText(old, system), downgrade };
  }
  const why = whyNone(old, way);
  if (way.kind === "none" || why !== null) {
    const notes = [...old.notes, oneLine(`no way back was drafted: ${why}`)];
    return {
      extension: ".sql",
      text: revisionText({ ...old, notes }, system),
      downgrade: "none",
    };
  }
  const noted = { ...old, notes: [...old.notes, drafted] };
  const text =
    way.sql === null
      ? withDraftBelow(noted, system, way)
      : revisionText({ ...noted, body: { up: body.up, down: way.sql } }, system);
  return { extension: way.sql === null ? ".ts" : ".sql", text, downgrade: "drafted" };
}

/** A module that is drafted runs in a transaction. */
function whyNone({ transaction }: OldRevision, way: WayBack): string | null {
  if (way.kind === "none") return way.why;
  if (transaction || way.sql !== null) return null;
  return "it runs without a transaction, and SQL does not say all that undoes it";
}

type Draft = Extract<WayBack, { kind: "drafted" }>;

/** The SQL goes up as it was; the operations go down on the tables as they are by then. */
function withDraftBelow(old: OldRevision, system: string, way: Draft): string {
  const upgrade = render(
    way.up.map((sql): Drafted => ({ operation: { kind: "execute", sql }, remarks: [] })),
  );
  const downgrade = render(way.drafted);
  const remarks = way.remarks.map((line) => `  // ${line}\n`).join("");
  return writeModule(builtInTemplate("revision.ts.template"), {
    revision: old.id,
    downRevisions: old.downRevisions,
    branchLabels: old.branchLabels,
    dependsOn: old.dependsOn,
    message: messageOf(old, system),
    createdAt: old.createdAt ?? "",
    upgrade: upgrade.text,
    downgrade: remarks + downgrade.text,
    imports: [...new Set([...upgrade.imports, ...downgrade.imports])].sort(),
  });
}

function messageOf({ message, author, from, notes }: OldRevision, system: string): string {
  return [
    oneLine(message),
    "",
    ...(author === null ? [] : [`Author:    ${oneLine(author)}`]),
    `Imported:  ${system}, ${from}`,
    ...notes.map((note) => `Note:      ${note}`),
  ].join("\n");
}
