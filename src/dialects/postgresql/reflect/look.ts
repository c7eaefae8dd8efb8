/** Where a session is: what has to be known before the catalogue can be asked. */
import type { Reader } from "../../dialect.ts";

export interface Surroundings {
  /** The server's: 180004. */
  readonly version: number;
  /** The schema whose objects have plain names: the first of the search path. */
  readonly schema: string;
  /** Who PostgreSQL takes the session for, by the words that policies may say instead. */
  readonly users: Readonly<Record<string, string>>;
}

export async function lookAround(reader: Reader): Promise<Surroundings> {
  const [row] = await reader.all(
    `SELECT current_setting('server_version_num')::int AS version, coalesce(current_schema()::text, 'public') AS schema,
  current_user::text AS me, session_user::text AS session`,
  );
  const [me, session] = [String(row?.me), String(row?.session)];
  return {
    version: Number(row?.version),
    schema: String(row?.schema),
    users: { current_user: me, current_role: me, session_user: session },
  };
}
