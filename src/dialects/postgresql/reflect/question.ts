/**
 * One answer for everything: each catalogue is asked for its columns as lists, and all questions are members of one
 * SELECT. So all of it is seen at one moment, it is one trip to the server, and no row says the names of its members.
 */
import type { Reader } from "../../dialect.ts";

/** What is asked of one catalogue: the members of a row as SQL, and the rows. */
export interface Question<Answer> {
  readonly members: { readonly [Member in keyof Answer]: string };
  readonly from: string;
}

export type Questions<Answers> = { readonly [Name in keyof Answers]: Question<Answers[Name]> };

/** The rows of each question. */
export type Answered<Answers> = { readonly [Name in keyof Answers]: readonly Answers[Name][] };

/** Ask all `questions` at once. `withs` are the WITH queries that they read from. */
export async function ask<Answers>(
  reader: Reader,
  withs: string,
  questions: Questions<Answers>,
): Promise<Answered<Answers>> {
  const entries = Object.entries<Question<unknown>>(questions);
  const members = entries.map(([name, question]) => `${lists(question)} AS "${name}"`);
  const [row = {}] = await reader.all(`${withs}\nSELECT ${members.join(",\n")}`);
  const answered = entries.map(([name, { members }]) => [
    name,
    rowsOf(Object.keys(members), JSON.parse(String(row[name]))),
  ]);
  return Object.fromEntries(answered) as Answered<Answers>;
}

function lists({ members, from }: Question<unknown>): string {
  const columns = Object.values<string>(members).map((sql) => `json_agg(${sql})`);
  // As text: the project may have told the driver how to read JSON.
  return `(SELECT json_build_array(${columns.join(", ")})::text FROM ${from})`;
}

function rowsOf(names: readonly string[], columns: readonly (readonly unknown[] | null)[]) {
  const rows: Record<string, unknown>[] = (columns[0] ?? []).map(() => ({}));
  for (const [at, name] of names.entries()) {
    const values = columns[at] ?? [];
    for (const [place, row] of rows.entries()) row[name] = values[place];
  }
  return rows;
}
