// A role's view of the event, and the deltas that bring it from one position to another.

/** The view of someone who knows nothing yet. */
export function emptyView() {
  return { event: null, counts: [], live: null, queue: [], actions: [], cards: new Map() };
}

/** The view after a delta, or one part of it, as a new value. */
export function applyDelta(view, delta) {
  const isFresh = delta.from === 0 && delta.part === 0;
  const next = isFresh ? emptyView() : { ...view, cards: new Map(view.cards) };
  for (const part of ['event', 'counts', 'queue', 'actions']) next[part] = delta[part] ?? next[part];
  if (delta.live) next.live = delta.live.id;
  for (const id of delta.removes ?? []) next.cards.delete(id);
  for (const card of delta.upserts ?? []) next.cards.set(card.id, card);
  for (const [id, votes] of delta.tallies ?? []) {
    if (next.cards.has(id)) next.cards.set(id, { ...next.cards.get(id), votes });
  }
  return next;
}

/** Order by supporters, the older question first among equals. */
export const byVotes = (left, right) => right.votes - left.votes || left.number - right.number;

/** Order by arrival, the newest first. */
export const byNewest = (left, right) => right.number - left.number;

/** The current talk, if any. */
export const currentTalk = view => view.event?.talks.find(talk => talk.id === view.event.talk);

/** The name of a venue. */
export const venueName = (view, id) => view.event?.venues.find(venue => venue.id === id)?.name ?? id;

/** One of the public counts, over all venues. */
export const total = (view, count) => view.counts.reduce((sum, venue) => sum + venue[count], 0);
