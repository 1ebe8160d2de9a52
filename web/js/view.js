const nothing = { event: null, counts: [], turns: [], live: null, stage: null, queue: [], actions: [], channel: [] };
export const emptyView = () => ({ ...nothing, cards: new Map() });

// The view after a delta or a part of one, as a new value.
export function applyDelta(view, delta) {
	const isFresh = delta.from === 0 && delta.part === 0;
	const next = isFresh ? emptyView() : { ...view, cards: new Map(view.cards) };
	for (const part of ['event', 'counts', 'turns', 'queue', 'actions', 'channel']) next[part] = delta[part] ?? next[part];
	if (delta.live) next.live = delta.live.id;
	if (delta.stage) next.stage = delta.stage.id && delta.stage;
	for (const id of delta.removes ?? []) next.cards.delete(id);
	for (const card of delta.upserts ?? []) next.cards.set(card.id, card);
	for (const [id, votes] of delta.tallies ?? []) {
		if (next.cards.has(id)) next.cards.set(id, { ...next.cards.get(id), votes });
	}
	return next;
}

export const byVotes = (left, right) => right.votes - left.votes || left.number - right.number;
export const byNewest = (left, right) => right.number - left.number;

export const currentTalk = view => view.event?.talks.find(talk => talk.id === view.event.talk);
export const venueName = (view, id) => view.event?.venues.find(venue => venue.id === id)?.name ?? id;
// The names of the venues that asked a card's question, the first one first.
export const venueNames = (view, { venue, venues = [venue] }) => venues.map(id => venueName(view, id));
export const total = (view, count) => view.counts.reduce((sum, venue) => sum + venue[count], 0);
