/** Waiting times between attempts: exponential with full jitter and a cap, so that clients do not come back at once. */

export interface Backoff {
  readonly first_ms: number;
  readonly max_ms: number;
}

/** `attempt` counts from 0; `random` is in [0, 1). At least half of the step is waited. */
export function backoffMs(backoff: Backoff, attempt: number, random: number): number {
  const step = Math.min(backoff.max_ms, backoff.first_ms * 2 ** Math.min(attempt, 30));
  return Math.round(step * (0.5 + random / 2));
}
