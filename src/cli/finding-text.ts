/** What `verify` found, for people and as JSON. */
import type { Finding } from "../runtime/verify.ts";
import { shownTime } from "./log-text.ts";

export interface FindingDocument {
  readonly kind: Finding["kind"];
  readonly revision: string | null;
  readonly file: string | null;
  readonly message: string;
  readonly help: string;
}

export function findingDocument(finding: Finding): FindingDocument {
  switch (finding.kind) {
    case "graph":
    case "overlapping-heads": {
      const { message, help, context } = finding.error;
      const { revision = null, location = null } = context;
      return { kind: finding.kind, revision, file: location, message, help };
    }
    case "modified":
      return ofModified(finding);
    case "unknown-head":
      return {
        ...{ kind: finding.kind, revision: finding.id, file: null },
        message: `the version table is at ${finding.id}, and no file of the history has that id`,
        help: `get the file back, or ${repair("forget", finding.id)}`,
      };
    case "missing":
    case "failed":
    case "unfinished":
    case "not-applied":
    case "not-undone":
      return ofRow(finding);
  }
}

function ofModified({ revision, appliedAt, recorded, found }: Finding & { kind: "modified" }) {
  const when = appliedAt === null ? "" : ` (${shownTime(appliedAt)})`;
  return {
    ...{ kind: "modified" as const, revision: revision.id, file: revision.file },
    message: `${revision.file} changed after revision ${revision.id} was applied${when}: its checksum was ${recorded} and is ${found}`,
    help: `put the file back, or ${repair("accept", revision.id)}`,
  };
}

function ofRow({ kind, id, row }: Extract<Finding, { row: unknown }>): FindingDocument {
  const run = `${row.direction === "down" ? "downgrade" : "upgrade"} of ${shownTime(row.startedAt)}`;
  const batch = `the log has it applied in batch ${row.batch} (${shownTime(row.startedAt)})`;
  const told = {
    missing: {
      message: `revision ${id} is applied (batch ${row.batch}, ${row.file}), and has no file`,
      help: `get the file back, or ${repair("forget", id)}`,
    },
    failed: {
      message: `revision ${id} failed in the ${run}: ${row.error}`,
      help: `correct it and run it again, or ${repair("handled", id)}`,
    },
    unfinished: {
      message: `revision ${id} was begun in the ${run} by ${row.who}, and did not end`,
      help: `\`mig upgrade\` goes on from there; if it is made undone by hand, ${repair("handled", id)}`,
    },
    "not-applied": {
      message: `revision ${id} is not applied by the version table; ${batch}`,
      help: "somebody changed the version table; `mig stamp` says where the database is",
    },
    "not-undone": {
      message: `revision ${id} is applied by the version table; the log has it undone (${shownTime(row.startedAt)})`,
      help: "somebody changed the version table; `mig stamp` says where the database is",
    },
  }[kind];
  return { kind, revision: id, file: row.file || null, ...told };
}

function repair(how: "accept" | "handled" | "forget", id: string): string {
  return `\`mig repair --${how} ${id} --reason "…"\``;
}
