import { SingleBar } from 'cli-progress';

/** Where there is no terminal, a line as often as this is enough for a log. */
const LINE_EVERY_MS = 10_000;

export interface ProgressBar {
  /** How much is done of how much; what there is to do may grow meanwhile. */
  at(done: number, total: number): void;
  /** Leaves the bar as it stands; to be called also when the work has failed. */
  end(): void;
}

/** A bar on the error output, so that what a command prints as its result stays clean. */
export function progressBar(label: string): ProgressBar {
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage}% · {value}/{total} · {duration_formatted}`,
    noTTYOutput: true,
    notTTYSchedule: LINE_EVERY_MS,
    // The terminal is left as it is, so that nothing has to be put right when somebody presses Ctrl-C.
    linewrap: true,
  });
  let started = false;
  return {
    at: (done, total) => {
      if (started) bar.setTotal(total);
      else bar.start(total, 0);
      started = true;
      bar.update(done);
    },
    end: () => bar.stop(),
  };
}

const KILOBYTE = 1000;

/** A bar of bytes, told in kilobytes. */
export function bytesBar(label: string): ProgressBar {
  const bar = progressBar(`${label} (kB)`);
  return {
    at: (done, total) => bar.at(Math.floor(done / KILOBYTE), Math.ceil(total / KILOBYTE)),
    end: () => bar.end(),
  };
}
