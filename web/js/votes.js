// This device's votes: what the hub's tallies have of them, and what was tapped since.
export class Votes {
	// By question: counter, whether it is supported, and the question that it was merged into.
	#counted;
	// By founder: the questions merged into it that were voted on here.
	#merged;
	#taps = new Map();

	constructor(storage) {
		this.storage = storage;
		this.#counted = new Map();
		this.#keep(Object.entries(storage.get('votes') ?? {}).map(([question, vote]) => [question, ...vote]));
	}

	// A card is supported by a vote for its question, or for one that was merged into it.
	group(question) {
		return [question, ...(this.#merged.get(question) ?? [])];
	}

	isOn(question) {
		return this.group(question).some(id => this.#isTapped(id));
	}

	count({ id, votes }) {
		return votes + this.isOn(id) - this.group(id).some(question => this.#isCounted(question));
	}

	isPending(question) {
		return this.group(question).some(id => this.#taps.has(id));
	}

	// The votes that give the support, or take all of it back.
	toggle(question) {
		return this.isOn(question) ? this.group(question).filter(id => this.#isTapped(id)).map(id => this.#tap(id, false))
			: [this.#tap(question, true)];
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
			this.#keep([[question, counter, on, this.#counted.get(question)?.[2]]]);
		}
	}

	// Takes a `mine` frame in; `waiting` are the votes in the outbox.
	learn({ whole, votes = [] }, waiting) {
		if (whole) {
			this.#counted.clear();
			this.#taps.clear();
		}
		// A tap's own answer is still to come.
		this.#keep(votes.map(vote => {
			const [question, , , into] = vote;
			return this.#taps.has(question) ? [question, ...(this.#counted.get(question) ?? [0, false]).slice(0, 2), into] : vote;
		}));
		if (whole) for (const vote of waiting) this.#taps.set(vote.question, { ...vote });
	}

	#tap(question, on) {
		const counter = (this.#taps.get(question)?.counter ?? this.#counted.get(question)?.[0] ?? 0) + 1;
		const vote = { type: 'vote', question, on, counter };
		this.#taps.set(question, { ...vote });
		return vote;
	}

	#isTapped(question) {
		return this.#taps.get(question)?.on ?? this.#isCounted(question);
	}

	#isCounted(question) {
		return this.#counted.get(question)?.[1] ?? false;
	}

	#keep(votes) {
		for (const [question, ...vote] of votes) this.#counted.set(question, vote);
		this.#merged = new Map();
		for (const [question, [, , into]] of this.#counted) {
			if (into) this.#merged.set(into, [...(this.#merged.get(into) ?? []), question]);
		}
		this.storage.set('votes', Object.fromEntries(this.#counted));
	}
}
