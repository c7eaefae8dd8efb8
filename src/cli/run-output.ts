/** What upgrade, downgrade and stamp tell, while they run and at the end. */
import { formatDuration } from "../errors/words.ts";
import type { RunListener } from "../migrator/run.ts";
import type { Step } from "../revisions/path.ts";
import type { RunEvents } from "../runtime/migrate.ts";
import type { RunNotes } from "../runtime/options.ts";
import { colours, note, print } from "./output.ts";

const words = { up: "upgrade", down: "downgrade", stamp: "stamp" } as const;

/** `upgrade    0002  Add invoices`. */
export function stepLine(direction: keyof typeof words, { id, message }: Step["revision"]): string {
  return `${words[direction].padEnd(9)}  ${colours.yellow(id)}  ${message}`.trimEnd();
}

/** A line for each revision: on a terminal it stands there while the revision runs. */
function progress(json: boolean): RunEvents {
  if (json) return {};
  const live = process.stdout.isTTY;
  return {
    begun: ({ direction, revision }, { index, count }) => {
      if (live)
        process.stdout.write(
          `${stepLine(direction, revision)} ${colours.dim(`[${index + 1}/${count}] …`)}`,
        );
    },
    done: ({ direction, revision }, ms) => {
      const line = `${stepLine(direction, revision)} ${colours.dim(`(${formatDuration(ms)})`)}`;
      // Back to the start of the line, and clear it to its end.
      print(live ? `\r\u001b[2K${line}` : line);
    },
    failed: () => {
      if (live) process.stdout.write("\n");
    },
  };
}

/** What a run of a command tells. */
export function runListener(json: boolean): RunListener {
  return {
    events: progress(json),
    notes: runNotes,
    backingUp(environment, how) {
      if (how !== "auto") note(`backing up ${environment}: ${how}`);
    },
    backedUp(environment, { file, command }) {
      if (file !== null) note(`backed up ${environment} to ${file}`);
      else if (command === null) note(`${environment} holds nothing to back up yet`);
    },
  };
}

export const runNotes: RunNotes = {
  waiting: (holder) => note(`waiting: ${holder}`),
  retrying: (why, delay) => note(`${why}; trying again in ${formatDuration(delay)}`),
};
