/** Sequences: by themselves, and those that number the rows of a column. */
import type { SequenceOptions } from "../../../model/sequence.ts";
import type { SequenceRow } from "./object-questions.ts";

const limits: Readonly<Record<SequenceRow["type"], readonly [min: string, max: string]>> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};

/** What the catalogue says of a sequence, as options. */
export function optionsOf(row: SequenceRow): SequenceOptions {
  return chosen(
    {
      startWith: row.start,
      increment: row.increment,
      minValue: row.min,
      maxValue: row.max,
      cache: row.cache,
      cycle: row.cycle,
    },
    row.type,
  );
}

/** Only what was chosen: the rest is as the server sets it. https://www.postgresql.org/docs/current/sql-createsequence.html */
export function chosen(options: SequenceOptions, type: SequenceRow["type"]): SequenceOptions {
  const { startWith, increment = "1", minValue, maxValue, cache, cycle } = options;
  const descends = increment.startsWith("-");
  const [lowest, highest] = limits[type];
  const usual = { min: descends ? lowest : "1", max: descends ? "-1" : highest };
  const start = descends ? (maxValue ?? usual.max) : (minValue ?? usual.min);
  return {
    ...differing("startWith", startWith, start),
    ...differing("increment", increment, "1"),
    ...differing("minValue", minValue, usual.min),
    ...differing("maxValue", maxValue, usual.max),
    ...differing("cache", cache, "1"),
    ...(cycle && { cycle: true }),
  };
}

function differing(
  name: keyof SequenceOptions,
  value: string | undefined,
  usual: string,
): SequenceOptions {
  return value === undefined || value === usual ? {} : { [name]: value };
}

/** The default of a serial column. */
export function nextOf(row: SequenceRow): string {
  return `nextval('${row.shown.replaceAll("'", "''")}'::regclass)`;
}
