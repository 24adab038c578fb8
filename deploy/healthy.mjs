// Whether a program in this container answers 200 at an address: its exit code is the health of the container.
const WITHIN_MS = 4_000;
const answer = await fetch(process.argv[2], { signal: AbortSignal.timeout(WITHIN_MS) }).catch(() => undefined);
process.exit(answer?.ok === true ? 0 : 1);
