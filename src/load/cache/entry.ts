import { hash } from "node:crypto";
import type { Manner } from "../evaluate.ts";
import type { Transformed } from "../transform.ts";

/** A module as it can be run without looking at its source. */
export interface Compiled extends Transformed {
  readonly manner: Manner;
  /** What V8 made of `code`, run in that manner. */
  readonly bytecode: Buffer;
}

/** What a pack says of one module. Its bytes are the bytecode, which V8 wants at an aligned address, and the code. */
export interface Entry extends Omit<Compiled, "code" | "bytecode"> {
  /** The name of the file. */
  readonly name: string;
  /** Stands for the source, and for all else that has a say in what is made of it. */
  readonly key: string;
  /** The SHA-256 of the bytes. */
  readonly hash: string;
  readonly length: number;
  readonly bytecodeLength: number;
}

/** An entry with its bytes. */
export interface Stored {
  readonly entry: Entry;
  readonly bytes: Buffer;
}

/** The entry of a module. */
export function store(
  { name, key }: Pick<Entry, "name" | "key">,
  { style, requires, readsMeta, manner, bytecode, code }: Compiled,
): Stored {
  const bytes = Buffer.concat([bytecode, Buffer.from(code)]);
  const about = { style, requires, readsMeta, manner, bytecodeLength: bytecode.length };
  return {
    entry: { name, key, hash: hash("sha256", bytes), length: bytes.length, ...about },
    bytes,
  };
}

/** The module of an entry; undefined where its bytes are not those that were stored. */
export function restore({ entry, bytes }: Stored): Compiled | undefined {
  if (hash("sha256", bytes) !== entry.hash) return undefined;
  const { style, requires, readsMeta, manner, bytecodeLength } = entry;
  const bytecode = bytes.subarray(0, bytecodeLength);
  const code = bytes.toString("utf8", bytecodeLength);
  return { style, requires, readsMeta, manner, bytecode, code };
}
