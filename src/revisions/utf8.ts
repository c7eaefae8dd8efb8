/** Text has to be UTF-8: of another one, every character that is no ASCII would become a replacement character without a word. */
import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { fail } from "../errors.ts";
import type { Revision } from "./revision.ts";

/** The text of the file of `revision`. Throws NOT_UTF8. */
export function readText({ id, path, file }: Pick<Revision, "id" | "path" | "file">): string {
  const bytes = readFileSync(path);
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const location = `${file}:${lineWithoutUtf8(bytes)}`;
  return fail("NOT_UTF8", { file }, { revision: id, location, state: "nothing was run" });
}

/** The first line that is none. A line break is one byte in UTF-8, and part of no other character. */
export function lineWithoutUtf8(bytes: Buffer): number {
  let [line, from] = [1, 0];
  for (let to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
    if (!isUtf8(bytes.subarray(from, to))) break;
    line++;
    from = to + 1;
  }
  return line;
}
