/** What the stories about `mig import` share. */
import { hash } from "node:crypto";
import type { Story } from "../support/story.ts";
import { succeeded } from "../support/story.ts";

export const sha256 = (text: string): string => hash("sha256", text);

export interface StatusRow {
  readonly revision: string;
  readonly state: string;
  readonly appliedAt: string | null;
  readonly ms: number | null;
  readonly batch: number | null;
}

export async function statusOf(story: Story): Promise<readonly StatusRow[]> {
  const result = succeeded(await story.mig(["status", "--json"]));
  return result.json<{ revisions: StatusRow[] }>().revisions;
}

/** `001 applied`, for each revision. */
export async function statesOf(story: Story): Promise<readonly string[]> {
  return (await statusOf(story)).map(({ revision, state }) => `${revision} ${state}`);
}

/** Import, and give the document. */
export async function imported(story: Story, system: string, ...more: string[]) {
  const result = succeeded(await story.mig(["import", system, "old", ...more, "--json"]));
  return result.json<ImportDocument>();
}

export interface ImportDocument {
  readonly revisions: readonly {
    readonly revision: string;
    readonly downRevision: readonly string[];
    readonly dependsOn: readonly string[];
    readonly message: string;
    readonly file: string;
    readonly state: string;
    readonly notes: readonly string[];
  }[];
  readonly warnings: readonly string[];
  readonly current: readonly string[];
}
