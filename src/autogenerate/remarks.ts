/** What a reader of a draft has to know before it runs: sentences that stand above an operation. */

/** What rows that exist have against an operation, counted by the database. */
export interface Concern {
  readonly kind: string;
  readonly table: string;
  readonly what: string;
  readonly count: number;
}

/** `concern` in words. */
export function remarkOn({ kind, table, what, count }: Concern): string {
  const rows = `${count} row${count === 1 ? "" : "s"} of ${table}`;
  const says = sentences[kind];
  return says === undefined ? `look at ${rows} first` : says(rows, what, count);
}

type Sentence = (rows: string, what: string, count: number) => string;

const sentences: Readonly<Record<string, Sentence>> = {
  "rows lost": (rows) => `LOSES DATA: ${rows} will be gone`,
  "values lost": (rows, what) => `LOSES DATA: ${rows} have a value in ${what}`,
  "no value": (rows, what) =>
    `FAILS as it is: ${rows} have no value for ${what}. Give it a default, or say { backfill: sql\`…\` }`,
  nulls: (rows, what) =>
    `FAILS as it is: ${what} is NULL in ${rows}. Say { backfill: sql\`…\` }, or correct them before`,
  unfit: (rows, what) =>
    `FAILS as it is: ${what} of ${rows} does not convert. Say { using: sql\`…\` }, or correct them before`,
  duplicates: (rows, what) => `FAILS as it is: ${rows} share their values (${what})`,
  orphans: (rows, what) => `FAILS as it is: ${rows} refer to nothing (${what})`,
  violations: (rows, what) => `FAILS as it is: ${rows} do not satisfy ${what}`,
};
