import type { Environment } from "../config/environment.ts";
import { fail } from "../errors.ts";

/** Refuse to change a read-only environment, and a protected one unless that was confirmed. */
export function refuseUnconfirmed(
  { name, readOnly, protected: isProtected }: Environment,
  command: string,
  confirmed: boolean,
): void {
  if (readOnly) fail("READ_ONLY_ENVIRONMENT", { name });
  if (isProtected && !confirmed) fail("NOT_CONFIRMED", { name, command });
}
