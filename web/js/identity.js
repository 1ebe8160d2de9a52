// What the browser keeps: the person's device, drafts, the outbox, the token of a console or a wall.

import { backoff } from './backoff.js';

function safely(action) {
  try {
    return action() ?? null;
  } catch {
    return null;
  }
}

/** Storage of JSON values under a prefix; in memory alone where the browser refuses to keep anything. */
export function openStorage(prefix) {
  const memory = new Map();
  return {
    prefix,
    get: key => memory.get(key) ?? safely(() => JSON.parse(localStorage.getItem(prefix + key))),
    set(key, value) {
      memory.set(key, value);
      safely(() => {
        if (value === undefined) localStorage.removeItem(prefix + key);
        else localStorage.setItem(prefix + key, JSON.stringify(value));
        memory.delete(key);
      });
    },
    keys: () => Object.keys(safely(() => localStorage) ?? {})
      .filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)),
  };
}

/** What belongs to no event: the language, the last event read, the tokens. */
export const common = openStorage('qa/');

/** The token in the fragment, which is then hidden from whoever sees the address, or the one kept for this role. */
export function takeToken(role) {
  const token = location.hash.slice(1);
  if (token) common.set(`token/${role}`, token);
  history.replaceState(null, '', location.pathname);
  return common.get(`token/${role}`);
}

/** Calls `open` with the public description of the event: the one of the last visit at once, if there is one. */
export async function withEvent(open) {
  const kept = common.get('event');
  if (kept) open(kept);
  const event = await fetchEvent();
  common.set('event', event);
  if (!kept) open(event);
  else if (JSON.stringify(kept) !== JSON.stringify(event)) location.reload();
}

async function fetchEvent() {
  for (let failures = 1; ; failures = Math.min(failures + 1, 4)) {
    const event = await fetch('/event.json').then(answer => answer.json()).catch(() => null);
    if (event?.venues) return event;
    await new Promise(resolve => setTimeout(resolve, backoff(failures)));
  }
}
