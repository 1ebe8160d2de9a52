// This device's votes: what the hub's tallies have of them, and what was tapped since.
export class Votes {
	// By question: counter, whether it is supported, and the question that it was merged into.
	#counted;
	// By founder: the questions merged into it that were voted on here.
	#merged;
	#taps = new Map();
	// By question: the highest counter that was used here.
	#spent = new Map();

	constructor(storage) {
		this.storage = storage;
		this.#counted = new Map();
		this.#keep(Object.entries(storage.get('votes') ?? {}).map(([question, vote]) => [question, ...vote]));
	}

	// A vote for a merged question supports the founder's card.
	group(question) {
		return [question, ...(this.#merged.get(question) ?? [])];
	}

	isOn(question) {
		return this.group(question).some(id => this.#isTapped(id));
	}

	count({ id, votes }) {
		return votes + this.isOn(id) - this.group(id).some(question => this.#isCounted(question));
	}

	// Whether the hub has yet to count a support that was given while the line was cut.
	isUnconfirmed(question) {
		return this.group(question).some(id => this.#counted.get(id)?.[3]);
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
			const [known = 0, , into] = this.#counted.get(question) ?? [];
			if (counter >= known) this.#keep([[question, counter, on, into]]);
		}
	}

	// Takes a `mine` frame in; `waiting` are the votes in the outbox. Returns those that this server, heard for the first time, lacks.
	learn({ whole, votes = [] }, waiting, isFirst) {
		const before = isFirst ? this.#latest() : [];
		if (whole) {
			this.#counted.clear();
			this.#taps.clear();
		}
		this.#keep(votes.map(vote => {
			const [question, counter, , into] = vote;
			// A tap's own answer is still to come, unless another tab tapped after it.
			if (counter > this.#taps.get(question)?.counter) this.#taps.delete(question);
			return this.#taps.has(question) ? [question, ...(this.#counted.get(question) ?? [0, false]).slice(0, 2), into] : vote;
		}));
		const held = new Set(waiting.map(({ question }) => question));
		const missing = before.filter(({ question, counter }) => !held.has(question) && counter > (this.#counted.get(question)?.[0] ?? 0));
		if (whole) for (const vote of [...waiting, ...missing]) this.#taps.set(vote.question, { ...vote });
		return missing;
	}

	#latest() {
		const latest = new Map([...this.#counted].map(([question, [counter, on]]) => [question, { counter, on }]));
		for (const [question, { counter, on }] of this.#taps) latest.set(question, { counter, on });
		return [...latest].map(([question, vote]) => ({ type: 'vote', question, ...vote }));
	}

	#tap(question, on) {
		const known = [this.#taps.get(question)?.counter, this.#counted.get(question)?.[0], this.#spent.get(question)];
		const counter = Math.max(...known.map(number => number ?? 0)) + 1;
		this.#spent.set(question, counter);
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
