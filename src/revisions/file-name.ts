import { randomBytes } from "node:crypto";

/** What the name of a new file is made of. */
export interface FileNameParts {
  readonly revision: string;
  readonly message: string;
  readonly createdAt: Date;
  /** `.ts`, `.sql` and so on. */
  readonly extension: string;
}

/** How new files are called where the config says nothing. */
export const defaultFileTemplate = "{year}{month}{day}_{hour}{minute}{second}_{revision}_{slug}";

/** A new revision id: 12 hex digits. */
export function newRevisionId(): string {
  return randomBytes(6).toString("hex");
}

/** The words of a message as they can stand in the name of a file: at most 40 characters, whole words where possible. */
export function slugOf(message: string): string {
  const words =
    message
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  const [first = "", ...others] = words;
  let slug = [...first].slice(0, 40).join("");
  for (const word of others) {
    const longer = `${slug}_${word}`;
    if ([...longer].length > 40) break;
    slug = longer;
  }
  // A name that begins with _ is no revision.
  return slug.replace(/^_+/, "");
}

/** The name of a new file, made from `template`, in UTC. It may hold folders. */
export function revisionFileName(template: string, parts: FileNameParts): string {
  const tokens = tokensOf(parts);
  const shape = tokens.slug === "" ? withoutSlug(template) : template;
  const name = shape.replace(/\{(\w+)\}/g, (written, token) => tokens[token] ?? written);
  return name.endsWith(parts.extension) ? name : name + parts.extension;
}

/** Without a message the separators around its slug would be left over, or nothing at all. */
function withoutSlug(template: string): string {
  return template
    .replace(/[_.-]*\{slug\}/g, "")
    .replace(/(^|\/)(?=(?:\.\w+)?$)/, "$1{revision}")
    .replace(/(^|\/)[_.-]+/g, "$1");
}

function tokensOf({
  revision,
  message,
  createdAt,
}: FileNameParts): Readonly<Record<string, string>> {
  const [date = "", time = ""] = createdAt.toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  const [hour = "", minute = "", second = ""] = time.slice(0, 8).split(":");
  return { year, month, day, hour, minute, second, revision, slug: slugOf(message) };
}
