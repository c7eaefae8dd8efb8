/** What upgrade, downgrade and stamp tell, while they run and at the end. */
import type { StatementProgress } from "../dialects/statement.ts";
import { formatDuration } from "../errors/words.ts";
import type { RunListener } from "../migrator/run.ts";
import type { Step } from "../revisions/path.ts";
import type { RunEvents } from "../runtime/migrate.ts";
import type { RunNotes } from "../runtime/options.ts";
import { colours, endLive, note, print, printLive } from "./output.ts";

const words = { up: "upgrade", down: "downgrade", stamp: "stamp" } as const;

/** `upgrade    0002  Add invoices`. */
export function stepLine(direction: keyof typeof words, { id, message }: Step["revision"]): string {
  return `${words[direction].padEnd(9)}  ${colours.yellow(id)}  ${message}`.trimEnd();
}

/** What a run tells of its steps, and of a statement that takes long. */
export interface Progress extends RunEvents {
  readonly onProgress: (progress: StatementProgress) => void;
}

/** A line for each revision. On a terminal it stands there while the revision runs, and says what takes long. */
export function progress(json: boolean): Progress {
  const isLive = !json && Boolean(process.stdout.isTTY);
  let running = { revision: "", line: "" };
  const onProgress = isLive
    ? (it: StatementProgress) => printLive(`${running.line} ${colours.dim(progressText(it))}`)
    : inLines(() => running.revision);
  return {
    onProgress,
    begun({ direction, revision }, { index, count }) {
      running = { revision: revision.id, line: "" };
      if (!isLive) return;
      const counted = colours.dim(`[${index + 1}/${count}] …`);
      running.line = `${stepLine(direction, revision)} ${counted}`;
      printLive(running.line);
    },
    done({ direction, revision }, ms) {
      if (json) return;
      print(`${stepLine(direction, revision)} ${colours.dim(`(${formatDuration(ms)})`)}`);
    },
    failed: endLive,
  };
}

/** Milliseconds between two lines about a statement that goes on doing the same. */
const lineEvery = 10_000;

/** Without a terminal nothing can be taken back: a line now and then, and for whatever is new. */
function inLines(revision: () => string): Progress["onProgress"] {
  let last = { text: "", at: 0 };
  return (it) => {
    const text = `${revision()}: ${it.doing}`;
    const now = performance.now();
    if (text === last.text && now - last.at < lineEvery) return;
    last = { text, at: now };
    note(`${revision()}: ${progressText(it)}`);
  };
}

function progressText({ doing, fraction }: StatementProgress): string {
  return fraction === null ? doing : `${doing}, ${Math.floor(fraction * 100)} %`;
}

/** What a run of a command tells. */
export function runListener(json: boolean): RunListener {
  const { onProgress, ...events } = progress(json);
  return {
    ...{ events, onProgress, notes: runNotes },
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
