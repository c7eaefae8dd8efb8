import { fail } from "../errors.ts";
import { locationOf } from "./cursor.ts";
import { readModuleHeader } from "./header-module.ts";
import { readSqlHeader } from "./header-sql.ts";
import type { Header, HeaderName, HeaderValue } from "./header-values.ts";
import { checkLabel, checkRevisionId, type Revision } from "./revision.ts";

/** A file of the versions folder, as it was read. */
export interface RevisionSource {
  /** Relative to the project root, with forward slashes. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/**
 * The revision that a file declares, without running the file. Throws HEADER_MISSING, HEADER_INVALID,
 * HEADER_NOT_LITERAL, ILLEGAL_REVISION_ID, ILLEGAL_LABEL and FILE_DOES_NOT_PARSE.
 */
export function readHeader(source: RevisionSource): Revision {
  const format = source.path.endsWith(".sql") ? "sql" : "module";
  const read = format === "sql" ? readSqlHeader : readModuleHeader;
  const header = read(source.file, source.text);
  const checked = { source, header };
  return {
    id: readId(checked),
    downRevisions: readDown(checked),
    dependsOn: readNames(checked, "dependsOn"),
    branchLabels: readLabels(checked),
    replaces: readNames(checked, "replaces"),
    transaction: readTransaction(checked),
    message: header.message,
    file: source.file,
    path: source.path,
    createdAt: header.createdAt,
    format,
  };
}

interface Checked {
  readonly source: RevisionSource;
  readonly header: Header;
}

/** Shared by all that name nothing: with 10,000 revisions, lists of nothing are a tenth of what has to be kept. */
const none: readonly string[] = [];

function readId(checked: Checked): string {
  const written = required(checked, "revision");
  if (typeof written.value !== "string") return failShape(checked, written, "must be a string");
  checkRevisionId(written.value, () => at(checked, written));
  return written.value;
}

function readDown(checked: Checked): readonly string[] {
  const written = required(checked, "downRevision");
  if (written.value === null) return none;
  return strings(checked, written, "must be a string, null for a base, or an array of strings");
}

function readLabels(checked: Checked): readonly string[] {
  const labels = readNames(checked, "branchLabels");
  const written = checked.header.values.branchLabels;
  for (const label of labels) checkLabel(label, written && (() => at(checked, written)));
  return labels;
}

function readNames(checked: Checked, name: HeaderName): readonly string[] {
  const written = checked.header.values[name];
  if (written === undefined || written.value === null || written.value === undefined) return none;
  return strings(checked, written, "must be a string or an array of strings");
}

function readTransaction(checked: Checked): boolean {
  const written = checked.header.values.transaction;
  if (written === undefined || written.value === undefined) return true;
  return typeof written.value === "boolean"
    ? written.value
    : failShape(checked, written, "must be true or false");
}

function strings(checked: Checked, written: HeaderValue, otherwise: string): readonly string[] {
  const { value } = written;
  const values = Array.isArray(value) ? value : [value];
  if (values.every((each) => typeof each === "string" && each !== "")) return values;
  return failShape(checked, written, otherwise);
}

function required({ source, header }: Checked, name: "revision" | "downRevision"): HeaderValue {
  const written = header.values[name];
  if (written) return written;
  const { file } = source;
  const shown = file.endsWith(".sql") && name === "downRevision" ? "down-revision" : name;
  fail("HEADER_MISSING", { file, name: shown }, { location: file });
}

function failShape(checked: Checked, written: HeaderValue, why: string): never {
  fail("HEADER_INVALID", { name: written.name, why }, { location: at(checked, written) });
}

function at({ source }: Checked, written: HeaderValue): string {
  return locationOf({ ...source, at: written.at }, written.at);
}
