/** The database of a command: what the migrator has for it. */
export { environmentDialect, runInfo, type Session, withSession } from "../migrator/session.ts";
