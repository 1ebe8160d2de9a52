// This device's votes: what the hub has, what was tapped since, and the number of supporters to draw meanwhile.

export class Votes {
  /** By question, kept: `[counter, on]`, the last counter used and what the hub has. */
  #kept;
  /** By question: `base` is what the hub's tally has of us, `on` what was tapped, `sequence` the ack's. */
  #taps = new Map();

  constructor(storage) {
    this.storage = storage;
    this.#keep([]);
  }

  /** Whether the person supports the question, by the latest tap. */
  isOn(question) {
    return this.#taps.get(question)?.on ?? this.#hubHas(question);
  }

  /** The number of supporters to draw. */
  count(card) {
    const tap = this.#taps.get(card.id);
    return card.votes + (tap ? tap.on - tap.base : 0);
  }

  /** Whether the hub took the last tap but its tally is still to come. */
  isSettling(question) {
    return Boolean(this.#taps.get(question)?.sequence);
  }

  /** Changes one's mind; answers the vote to send. */
  toggle(question) {
    const [counter, base] = [(this.#kept[question]?.[0] ?? 0) + 1, this.#hubHas(question)];
    const on = !this.isOn(question);
    this.#taps.set(question, { base, on });
    this.#keep([[question, counter, base]]);
    return { type: 'vote', question, on, counter };
  }

  /** The hub took a vote as entry `sequence`. */
  acknowledge({ question, on }, sequence) {
    const tap = this.#taps.get(question);
    if (tap?.on === on) tap.sequence = sequence;
  }

  /** The hub refused a vote: as if it had not been tapped. */
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
    if (whole) this.#taps.clear();
    const others = whole ? Object.entries(this.#kept).map(([question, [counter]]) => [question, counter, false]) : [];
    this.#keep([...others, ...votes.filter(([question]) => !this.#taps.has(question))]);
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
