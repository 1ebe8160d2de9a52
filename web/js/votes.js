// This device's votes: what the hub's tallies have of them, and what was tapped since.
export class Votes {
	// By question: counter and whether it is supported.
	#counted;
	#taps = new Map();

	constructor(storage) {
		this.storage = storage;
		this.#counted = new Map(Object.entries(storage.get('votes') ?? {}));
	}

	isOn(question) {
		return this.#taps.get(question)?.on ?? this.#isCounted(question);
	}

	count({ id, votes }) {
		return votes + this.isOn(id) - this.#isCounted(id);
	}

	isPending(question) {
		return this.#taps.has(question);
	}

	toggle(question) {
		const counter = (this.#taps.get(question)?.counter ?? this.#counted.get(question)?.[0] ?? 0) + 1;
		const vote = { type: 'vote', question, on: !this.isOn(question), counter };
		this.#taps.set(question, { ...vote });
		return vote;
	}

	acknowledge({ question, counter }, sequence) {
		const tap = this.#taps.get(question);
		if (tap?.counter === counter) tap.sequence = sequence;
	}

	reject(question) {
		this.#taps.delete(question);
	}

	// Tallies up to `position` are in the view.
	reach(position) {
		for (const [question, { sequence, counter, on }] of this.#taps) {
			if (!(sequence <= position)) continue;
			this.#taps.delete(question);
			this.#keep([[question, counter, on]]);
		}
	}

	// Takes a `mine` frame in; `waiting` are the votes in the outbox.
	learn({ whole, votes = [] }, waiting) {
		if (whole) {
			this.#counted.clear();
			this.#taps.clear();
		}
		this.#keep(votes.filter(([question]) => !this.#taps.has(question)));
		if (whole) for (const vote of waiting) this.#taps.set(vote.question, { ...vote });
	}

	#isCounted(question) {
		return this.#counted.get(question)?.[1] ?? false;
	}

	#keep(votes) {
		for (const [question, ...vote] of votes) this.#counted.set(question, vote);
		this.storage.set('votes', Object.fromEntries(this.#counted));
	}
}
