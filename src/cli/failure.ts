/** How a failure is told, and with which code the process ends. */
import pc from "picocolors";
import { isUsageError, MigError } from "../errors.ts";
import { failureDocument } from "../migrator/failure-document.ts";
import { interruptedExit } from "./interrupt.ts";
import { printJson } from "./output.ts";

/** Exit codes: 0 done, 1 failed or found something, 2 wrong usage, 130 and 143 after SIGINT and SIGTERM. */
export function report(failure: unknown, json: boolean): number {
  if (!(failure instanceof MigError)) {
    process.stderr.write(`${unexpected(failure)}\n`);
    if (json) printJson({ error: failureDocument(failure) });
    return 1;
  }
  if (json) printJson({ error: failureDocument(failure) });
  else process.stderr.write(`${errorText(failure)}\n`);
  return interruptedExit(failure) ?? (isUsageError(failure) ? 2 : 1);
}

function unexpected(failure: unknown): string {
  const stack = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return `${pc.red("error:")} ${stack}\nhelp: ${failureDocument(failure).help}`;
}

const longestStatement = 2_000;

/** What happened, where, the statement; then what state the database is in and what to do. */
export function errorText({ message, help, context }: MigError): string {
  const { location, statement, state } = context;
  return [
    `${pc.red("error:")} ${message}`,
    ...(location === undefined ? [] : [`  ${location}`]),
    ...(statement === undefined ? [] : [indent(shorten(statement))]),
    `${pc.cyan("help:")} ${[state, help].filter(Boolean).join("; ")}`,
  ].join("\n");
}

function shorten(statement: string): string {
  if (statement.length <= longestStatement) return statement;
  return `${statement.slice(0, longestStatement)}… (${statement.length} characters)`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
