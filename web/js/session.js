import { Outbox } from './outbox.js';
import { Socket } from './socket.js';
import { defaultLimits } from './text.js';
import { applyDelta, emptyView } from './view.js';
import { Votes } from './votes.js';
import { newID } from './wire.js';

const LOST_AFTER = 1000;
// A screen that is opened again begins afresh.
const nowhere = { get: () => null, set() {}, keys: () => [] };

export class Session {
	view = emptyView();
	position = 0;
	mine = new Map();
	limits = defaultLimits;
	isReady = false;
	isLost = false;
	isAway = false;
	// Of a venue's relay: whether it reaches the hub, and since when.
	line = null;
	#socket;
	#device;
	#suggesting = {};
	#lostTimer;
	#wakeTimer;

	// `onChange` may say `lost`, `back`, `away` or `line`; `onAnswer(answer, frame, again)` hears of each settled command or vote.
	constructor({ storage = nowhere, onEnd, ...rest }) {
		Object.assign(this, { storage, ...rest });
		this.outbox = new Outbox(this.storage);
		this.votes = new Votes(this.storage);
		this.#socket = new Socket(location.origin, {
			hello: () => this.#hello(), onFrame: frame => this.#receive(frame), onLost: () => this.#lost(), onEnd,
		});
		// The network is back for everybody here: not all in the same moment.
		addEventListener('online', () => this.#socket.nudge(1000));
		addEventListener('offline', () => this.#socket.close(1006));
		addEventListener('visibilitychange', () => document.hidden || this.#socket.nudge(0));
		addEventListener('storage', change => this.#changedElsewhere(change));
		this.#lost();
		this.#socket.connect();
	}

	// Whether a vote counts with a one-time code only, and this device has given none.
	get needsCode() {
		return this.view.event?.votes === 'codes' && this.code === false;
	}

	command(action, fields) {
		this.send({ type: 'command', id: newID(), do: action, ...fields });
	}

	send(frame) {
		this.storage.set('own', true);
		this.outbox.add(frame);
		this.#flush();
	}

	// Resolves with cards of questions like a text, or with null when the line is lost. The newest one alone is answered.
	suggest(text) {
		const r = (this.#suggesting.r ?? 0) + 1;
		const talk = this.view.event?.talk ?? undefined;
		return new Promise(resolve => {
			this.#suggesting = { r, resolve };
			if (!this.isReady || !this.#socket.send({ type: 'suggest', r, text, talk })) resolve(null);
		});
	}

	#flush() {
		this.onChange();
		clearTimeout(this.#wakeTimer);
		if (!this.isReady) return;
		for (const frame of this.outbox.take()) this.#socket.send(frame);
		if (this.outbox.items.length) this.#wakeTimer = setTimeout(() => this.#flush(), 1000);
	}

	#hello() {
		const { role, venue, token, position: sequence } = this;
		const device = this.#device = (!token && this.storage.get('device')) || undefined;
		const position = sequence ? { epoch: this.epoch, sequence } : undefined;
		return { type: 'hello', version: 1, role, venue, token, device, position, client: 'web/1' };
	}

	#receive(frame) {
		const { type } = frame;
		if (type === 'welcome') this.#welcome(frame);
		if (type === 'delta') this.#follow(frame);
		if (type === 'mine') this.#learn(frame);
		if (type === 'line') this.#hearOfLine(frame);
		if (type === 'day') this.day = frame;
		if (type === 'suggestions' && frame.r === this.#suggesting.r) this.#suggesting.resolve(frame.cards);
		if (type === 'ack' || type === 'rejection') this.#answer(frame);
		this.onChange();
	}

	#welcome({ device, venue, limits, epoch, resumed, elsewhere }) {
		if (!resumed) this.position = 0;
		if (epoch !== this.epoch) this.line = null;
		this.epoch = epoch;
		this.ownVenue = venue;
		const { isAway } = this.#socket;
		if (!isAway) this.elsewhere = this.#socket.elsewhere = elsewhere;
		if (isAway !== this.isAway) this.onChange(isAway ? 'away' : 'back', (this.isAway = isAway));
		this.limits = { ...this.limits, ...limits };
		if (!device) return this.#ready();
		const kept = this.storage.get('device');
		// Another tab became somebody meanwhile: be the same person.
		if (kept && kept !== this.#device) return this.#socket.close(1001);
		this.storage.set('device', (this.#device = device));
	}

	#follow(delta) {
		// A gap: say hello again.
		if (delta.from && delta.from !== this.position) return this.#socket.close(1001);
		this.view = applyDelta(this.view, delta);
		if (delta.more) return;
		this.position = delta.to;
		this.votes.reach(this.position);
	}

	#learn(frame) {
		const { whole, questions = [], votes = [] } = frame;
		if (whole) this.mine.clear();
		this.code = frame.code ?? this.code;
		for (const question of questions) this.mine.set(question.id, question);
		if (questions.length || votes.length) this.storage.set('own', true);
		const isFirst = whole && !this.isReady;
		const missing = this.votes.learn(frame, this.outbox.items.map(item => item.frame).filter(({ type }) => type === 'vote'), isFirst);
		this.#trust(questions.filter(({ unconfirmed }) => !unconfirmed).map(({ id }) => id));
		if (isFirst) for (const lost of [...this.#doubted().filter(({ id }) => !this.mine.has(id)), ...missing]) this.outbox.add(lost);
		if (whole) this.#ready();
	}

	// Questions that one server took and the other may not have: sent again, under their ids, where they are missing.
	#doubted() {
		return Object.values(this.storage.get('doubted') ?? {});
	}

	#trust(ids) {
		const left = this.#doubted().filter(({ id }) => !ids.includes(id));
		if (left.length < this.#doubted().length) this.#doubt(left);
	}

	#doubt(frames) {
		this.storage.set('doubted', frames.length ? Object.fromEntries(frames.map(frame => [frame.id, frame])) : undefined);
	}

	#hearOfLine(line) {
		const isNew = (this.line?.up ?? true) !== line.up;
		this.line = line;
		if (isNew) this.onChange('line');
	}

	#answer(answer) {
		const { storage, votes } = this;
		const isUnknown = answer.code === 'device_invalid' && storage.get('device') === this.#device;
		if (isUnknown && this.#socket.isAway) this.#socket.elsewhere = undefined;
		else if (isUnknown) storage.set('device', undefined);
		const { frame, again } = this.outbox.settle(answer) ?? {};
		if (!frame) return;
		const isTaken = answer.type === 'ack';
		if (frame.type === 'vote' && isTaken) votes.acknowledge(frame, answer.sequence);
		if (frame.type === 'vote' && !isTaken && !again) votes.reject(frame.question);
		if (frame.do === 'ask' && isTaken) this.#asked(frame);
		votes.reach(this.position);
		this.onAnswer(answer, frame, again);
		this.#flush();
	}

	#asked(frame) {
		const { id, text, talk, spoken } = frame;
		const status = this.view.event?.moderated ? 'pending' : 'approved';
		const known = this.mine.get(id);
		if (!known) this.mine.set(id, { id, text, status, talk, spoken });
		if (!known || known.unconfirmed) this.#doubt([...this.#doubted(), frame]);
	}

	#lost() {
		this.isReady = false;
		this.#suggesting.resolve?.(null);
		this.outbox.hangUp();
		this.#lostTimer ??= setTimeout(() => this.onChange('lost', (this.isLost = true)), LOST_AFTER);
	}

	#ready() {
		clearTimeout(this.#lostTimer);
		this.#lostTimer = undefined;
		this.isReady = true;
		if (this.isLost) this.onChange('back');
		this.isLost = false;
		this.#flush();
	}

	#changedElsewhere({ key, newValue }) {
		const { prefix } = this.storage;
		if (key?.startsWith(`${prefix}out/`)) {
			this.outbox.changedElsewhere(key.slice(prefix.length), JSON.parse(newValue));
			this.#flush();
		} else if (key === `${prefix}device` && this.isReady && this.storage.get('device') !== this.#device) {
			this.#socket.close(1001);
		}
	}
}
