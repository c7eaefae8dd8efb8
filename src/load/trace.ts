import { SourceMap } from "node:module";
import type { Position } from "./position.ts";

/** A source map as oxc gives it. */
export interface RawMap {
  readonly mappings: string;
  readonly names: string[];
  readonly sources: string[];
  readonly version: number;
}

/** Leads a place of the code that runs back to the file it was written in. */
export type Trace = (place: Position) => Position;

/** A trace back over several maps, the last step's first. They are made when the first place is asked for. */
export function createTrace(maps: () => readonly RawMap[]): Trace {
  let steps: readonly SourceMap[] | undefined;
  return (place) => {
    steps ??= maps().map(readMap);
    return steps.reduce(back, place);
  };
}

function readMap({ mappings, names, sources, version }: RawMap): SourceMap {
  return new SourceMap({
    mappings,
    names,
    sources,
    version,
    file: "",
    sourceRoot: "",
    sourcesContent: [],
  });
}

/** One map back. Between two mapped places the text is the same, so the distance to the last one is kept. */
function back(place: Position, map: SourceMap): Position {
  const line = place.line - 1;
  const column = place.column - 1;
  const entry = map.findEntry(line, column);
  if (!("originalLine" in entry)) return place;
  const beyond = entry.generatedLine === line ? column - entry.generatedColumn : 0;
  return { line: entry.originalLine + 1, column: entry.originalColumn + beyond + 1 };
}
