/** URLs of databases. */

/** `url` with another database, user, password or port. */
export function at(
  url: string,
  to: {
    readonly database?: string;
    readonly user?: string;
    readonly password?: string;
    readonly port?: number;
  },
): string {
  const changed = new URL(url);
  if (to.database !== undefined) changed.pathname = `/${to.database}`;
  if (to.user !== undefined) changed.username = to.user;
  if (to.password !== undefined) changed.password = to.password;
  if (to.port !== undefined) changed.port = String(to.port);
  return changed.href;
}
