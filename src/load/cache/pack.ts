/**
 * A file of the cache: what was made of the modules of one folder. First a line with the length and the hash of the
 * index, then the index, then the bytes of its entries, of which only those are read that are asked for.
 */
import { hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { Entry, Stored } from "./entry.ts";

/** What the index of a pack says. */
export interface Index {
  /** Of everything that made the pack. */
  readonly version: string;
  /** The folder of the modules: V8 keeps their paths in its bytecode. */
  readonly folder: string;
  readonly entries: readonly Entry[];
}

/** A pack that is open. */
export interface Pack {
  readonly index: Index;
  bytesOf(entry: Entry): Buffer | undefined;
  close(): void;
}

const magic = "mig-cache-1";
/** The magic word, ten digits and a SHA-256, each with a blank or the end of the line behind it. */
const headLength = magic.length + 1 + 10 + 1 + 64 + 1;

/** Open the pack in `file`; undefined where there is none, or it is damaged. */
export function openPack(file: string): Pack | undefined {
  const descriptor = open(file);
  if (descriptor === undefined) return undefined;
  const close = () => closeSync(descriptor);
  const found = readIndex(descriptor);
  if (found === undefined) {
    close();
    return undefined;
  }
  const { index, end } = found;
  // Another version may keep other things in an index: nothing is done with the entries until they are asked for.
  let starts: ReadonlyMap<Entry, number> | undefined;
  const read = readAhead(descriptor);
  const bytesOf = (entry: Entry) => {
    starts ??= startsOf(index.entries, end);
    return read(starts.get(entry) ?? 0, entry.length);
  };
  return { index, bytesOf, close };
}

/** The content of a pack. */
export function packOf(about: Omit<Index, "entries">, stored: readonly Stored[]): Buffer {
  const index: Index = { ...about, entries: stored.map(({ entry }) => entry) };
  const text = Buffer.from(JSON.stringify(index));
  const head = `${magic} ${String(text.length).padStart(10, "0")} ${hash("sha256", text)}\n`;
  return Buffer.concat([Buffer.from(head), text, ...stored.map(({ bytes }) => bytes)]);
}

function open(file: string): number | undefined {
  try {
    return openSync(file, "r");
  } catch {
    return undefined;
  }
}

function readIndex(
  descriptor: number,
): { readonly index: Index; readonly end: number } | undefined {
  const head = readAt(descriptor, 0, headLength)?.toString("latin1").trimEnd().split(" ") ?? [];
  const [word, length, expected] = head;
  if (word !== magic || !/^\d{10}$/.test(length ?? "")) return undefined;
  const text = readAt(descriptor, headLength, Number(length));
  if (text === undefined || hash("sha256", text) !== expected) return undefined;
  return { index: JSON.parse(text.toString()), end: headLength + text.length };
}

function startsOf(entries: readonly Entry[], first: number): ReadonlyMap<Entry, number> {
  const starts = new Map<Entry, number>();
  let at = first;
  for (const entry of entries) {
    starts.set(entry, at);
    at += entry.length;
  }
  return starts;
}

/** A run asks for the entries of its revisions one after the other, as they are in the file. */
const window = 256 * 1024;

/** Reads a part of the file; small ones with what is behind them. */
function readAhead(descriptor: number): (position: number, length: number) => Buffer | undefined {
  let start = 0;
  let ahead: Buffer = Buffer.alloc(0);
  return (position, length) => {
    if (length > window) return readAt(descriptor, position, length);
    if (position < start || position + length > start + ahead.length) {
      [start, ahead] = [position, readUpTo(descriptor, position, window)];
    }
    const from = position - start;
    return from + length <= ahead.length ? ahead.subarray(from, from + length) : undefined;
  };
}

/** Undefined where the file ends before. */
function readAt(descriptor: number, position: number, length: number): Buffer | undefined {
  const bytes = readUpTo(descriptor, position, length);
  return bytes.length === length ? bytes : undefined;
}

/** Less where the file ends before, nothing where it cannot be read. */
function readUpTo(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position));
  } catch {
    return bytes.subarray(0, 0);
  }
}
