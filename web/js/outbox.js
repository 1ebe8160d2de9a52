import { newID } from './wire.js';

const FOREIGN_HOLD = 5000;
const keyOf = ({ id, question }) => (id ? `out/c/${id}` : `out/v/${question}`);

// What a frame touches: a question, under the id that it was asked with, and for the console which one is live.
const touching = ({ id, do: action, question, replacing }) =>
	[id, question, replacing, ['takeLive', 'answer', 'putBack', 'undo'].includes(action) && 'live'].filter(Boolean);

// Commands and votes without an answer, each under its own key: tabs overwrite nothing of each other's.
export class Outbox {
	#items = new Map();
	#underway = new Map();
	#last = 0;

	constructor(storage, { now = Date.now } = {}) {
		Object.assign(this, { storage, now });
		const stored = storage.keys().filter(key => key.startsWith('out/')).map(storage.get).filter(Boolean);
		for (const item of stored.sort((left, right) => left.order - right.order)) this.#keep(item);
	}

	get items() {
		return [...this.#items.values()];
	}

	add(frame) {
		this.#last = Math.max(this.#last + 1, this.now());
		this.#keep({ order: this.#last, frame });
	}

	// Takes a command out; false when the hub may have it.
	cancel(id) {
		const item = this.#items.get(keyOf({ id }));
		if (!item || (item.sent && !item.rejected)) return false;
		this.#keep(item, false);
		return true;
	}

	// The frames to send now. What touches the same as an earlier one without an answer waits: that one might be put off, and arrive last.
	take() {
		const before = new Set();
		const due = this.items.filter(({ frame, rejected, holdUntil }) => {
			const isBehind = touching(frame).some(one => before.has(one));
			for (const one of touching(frame)) before.add(one);
			return !isBehind && !rejected && !(holdUntil > this.now()) && !this.#underway.has(keyOf(frame));
		});
		return due.map(({ frame, ...item }) => {
			this.#keep({ ...item, frame, sent: true });
			this.#underway.set(keyOf(frame), frame);
			return frame;
		});
	}

	hangUp() {
		this.#underway.clear();
	}

	// Takes an answer in; returns `{frame, again}`: what it settles and whether that is sent again.
	settle(answer) {
		const isNamed = answer.id || answer.question;
		const key = isNamed ? keyOf(answer) : this.#underway.size === 1 && [...this.#underway.keys()][0];
		const frame = this.#underway.get(key);
		if (!frame) return null;
		this.#underway.delete(key);
		const item = this.#items.get(key);
		if (!item || item.frame.counter > frame.counter) return { frame, again: false };
		const isTaken = answer.code === 'command_id_taken';
		if (answer.retry === 'after') {
			this.#keep({ ...item, sent: false, holdUntil: this.now() + (answer.after ?? 1000) });
		} else {
			if (isTaken) this.add({ ...frame, id: newID() });
			this.#keep({ ...item, rejected: answer }, answer.type === 'rejection' && frame.do === 'ask' && !isTaken);
		}
		return { frame, again: isTaken || answer.retry === 'after' };
	}

	// Another tab changed this; it has some time to send it itself.
	changedElsewhere(key, item) {
		if (item) this.#items.set(key, { holdUntil: this.now() + FOREIGN_HOLD, ...item });
		else this.#items.delete(key);
	}

	#keep(item, isKept = true) {
		const key = keyOf(item.frame);
		if (isKept) this.#items.set(key, item);
		else this.#items.delete(key);
		this.storage.set(key, isKept ? item : undefined);
	}
}
