/** This device's votes: what the hub has, what was tapped since, and the number of supporters to draw meanwhile. */
export class Votes {
  /** By question, kept: the last counter used, and whether the hub has our support. */
  #kept;
  /** By question: `base` is what the hub's tally has of us, `on` what was tapped, `sequence` the ack's. */
  #taps = new Map();

  constructor(storage) {
    this.storage = storage;
    this.#keep([]);
  }

  isOn(question) {
    return this.#taps.get(question)?.on ?? this.#hubHas(question);
  }

  count(card) {
    const { on = 0, base = 0 } = this.#taps.get(card.id) ?? {};
    return card.votes + on - base;
  }

  /** Whether the hub took the last tap but its tally is still to come. */
  isSettling(question) {
    return Boolean(this.#taps.get(question)?.sequence);
  }

  /** Changes one's mind; answers the vote to send. */
  toggle(question) {
    const counter = (this.#kept[question]?.[0] ?? 0) + 1;
    const base = this.#hubHas(question);
    const on = !this.isOn(question);
    this.#taps.set(question, { base, on });
    this.#keep([[question, counter, base]]);
    return { type: 'vote', question, on, counter };
  }

  acknowledge({ question, on }, sequence) {
    const tap = this.#taps.get(question);
    if (tap?.on === on) tap.sequence = sequence;
  }

  reject(question) {
    this.#taps.delete(question);
  }

  /** The view has reached `position`: tallies up to there count our votes. */
  reach(position) {
    for (const [question, { sequence, on }] of this.#taps) {
      if (!(sequence <= position)) continue;
      this.#taps.delete(question);
      this.#keep([[question, 0, on]]);
    }
  }

  /** Takes a `mine` frame in; after a whole one, `waiting` are the votes still in the outbox. */
  learn({ whole, votes = [] }, waiting) {
    if (whole) {
      this.#taps.clear();
      this.#keep(Object.keys(this.#kept).map(question => [question, 0, false]));
    }
    this.#keep(votes.filter(([question]) => !this.#taps.has(question)));
    if (!whole) return;
    for (const { question, on } of waiting) this.#taps.set(question, { base: this.#hubHas(question), on });
  }

  #hubHas(question) {
    return this.#kept[question]?.[1] ?? false;
  }

  #keep(votes) {
    this.#kept = this.storage.get('votes') ?? {};
    for (const [question, counter, on] of votes) {
      this.#kept[question] = [Math.max(counter, this.#kept[question]?.[0] ?? 0), on];
    }
    if (votes.length) this.storage.set('votes', this.#kept);
  }
}
