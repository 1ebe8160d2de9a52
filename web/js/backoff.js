// Milliseconds to wait after the n-th failure in a row: full jitter.
export const backoff = (failures, random = Math.random) => random() * Math.min(30_000, 500 * 2 ** failures);
