/** By what a revision's file is known again. */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Revision } from "../revisions/revision.ts";
import { withoutTrailingComments } from "../revisions/trailing-comments.ts";

/**
 * SHA-256 of a file's text. Line endings, blanks at the ends of lines and comments behind something on its line do not
 * count: git, editors and people change them, and what runs stays the same.
 */
export function checksum(text: string, format: Revision["format"]): string {
  const lines = text.replace(/^\uFEFF/, "").replace(/\r+$/gm, "");
  return hash("sha256", withoutTrailingComments(lines, format).replace(/[ \t\r]+$/gm, ""));
}

/** The checksum of a revision's file as it is now. */
export function checksumOf({ path, format }: Revision): string {
  return checksum(readFileSync(path, "utf8"), format);
}
