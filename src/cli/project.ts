/** The project of a command line, and the options that every command has. */
import { openProject as open, type Project } from "../migrator/project.ts";

export type { Project } from "../migrator/project.ts";

/** The options that every command has. */
export interface GlobalOptions {
  readonly config?: string;
  readonly env?: string;
  readonly url?: string;
  readonly x?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

export async function openProject({ config, env, url }: GlobalOptions): Promise<Project> {
  const project = await open({
    folder: process.cwd(),
    ...(config !== undefined && { config }),
    ...(env !== undefined && { env }),
    ...(url !== undefined && { url }),
  });
  // However the command ends: what was read is the same next time.
  process.once("exit", () => project.loader.save());
  return project;
}
