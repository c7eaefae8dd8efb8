import { findSourceMap } from "node:module";
import type { Trace } from "./trace.ts";

/** The modules that were evaluated here, by the name under which V8 knows their code. */
const traces = new Map<string, Trace>();

/** From now on a stack that passes through `path` shows the places of the file, not of the code made from it. */
export function registerTrace(path: string, trace: Trace): void {
  if (traces.size === 0) installStackFormat();
  traces.set(path, trace);
}

/** A place in a file of the project. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The first place in a file of the project that the stack of `thrown` passes through. */
export function projectPlace(thrown: unknown): Place | undefined {
  const stack = thrown instanceof Error ? String(thrown.stack) : "";
  for (const line of stack.split("\n")) {
    const frame = /^\s+at (?:.*\()?(.*?):(\d+):(\d+)\)?$/.exec(line);
    const path = frame?.[1]?.replace(/^async /, "");
    if (path !== undefined && traces.has(path)) {
      return { path, line: Number(frame?.[2]), column: Number(frame?.[3]) };
    }
  }
  return undefined;
}

/**
 * V8 calls Error.prepareStackTrace when `.stack` is first read, so an error that nobody looks at costs nothing.
 * process.setSourceMapsEnabled() would do the same, but for every module: Node then reads the maps of all packages
 * that are imported later, 10 ms for drizzle-orm alone.
 */
function installStackFormat(): void {
  const previous = Error.prepareStackTrace ?? formatStack;
  Error.prepareStackTrace = (error, frames) => previous(error, frames.map(tracedFrame));
}

function formatStack(error: Error, frames: readonly NodeJS.CallSite[]): string {
  return [headOf(error), ...frames.map((frame) => `    at ${frame}`)].join("\n");
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function tracedFrame(frame: NodeJS.CallSite): NodeJS.CallSite {
  const path = frame.getFileName();
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (!path || line === null || column === null) return frame;
  const place = placeOf({ path, line, column });
  if (place === undefined) return frame;
  const text = frame
    .toString()
    .replace(`${path}:${line}:${column}`, () => `${place.path}:${place.line}:${place.column}`);
  return movedFrame(frame, place, text);
}

function placeOf(place: Place): Place | undefined {
  const trace = traces.get(place.path);
  if (trace !== undefined) return { path: place.path, ...trace(place) };
  // With --enable-source-maps Node leaves the other files to whoever formats the stack, so to us.
  const entry = findSourceMap(place.path)?.findEntry(place.line - 1, place.column - 1);
  if (entry === undefined || !("originalSource" in entry)) return undefined;
  return {
    path: entry.originalSource,
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

/** The frame with another place; its own methods only work on the original. */
function movedFrame(frame: NodeJS.CallSite, place: Place, text: string): NodeJS.CallSite {
  const moved: Readonly<Record<string | symbol, () => unknown>> = {
    getFileName: () => place.path,
    getScriptNameOrSourceURL: () => place.path,
    getLineNumber: () => place.line,
    getColumnNumber: () => place.column,
    toString: () => text,
  };
  return new Proxy(frame, {
    get(target, key) {
      if (Object.hasOwn(moved, key)) return moved[key];
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
