import { backoff } from './backoff.js';
import { decode, encode } from './wire.js';

const BEAT_AFTER = 15_000;
const BEAT_WITHIN = 8_000;
const NUDGE_WITHIN = 4_000;
const AWAY_AFTER = 10_000;
const AWAY_AT = 3;
const HOME_EVERY = 30_000;

// Whether one may come back after a close code.
export const mayReconnect = code => ![1000, 1002, 1003, 1007, 1008, 1009].includes(code) && (code < 4500 || code === 4506);

// Screens have places of their own when a crowd comes.
const socketOf = (address, role) => `${address.replace(/^http/, 'ws')}/ws${role === 'audience' ? '' : '?staff'}`;

// The WebSocket: hello, proof of life, reconnecting, the way to the other server and back.
export class Socket {
	#home;
	#elsewhere;
	#url;
	#socket;
	#failures = 0;
	#retry;
	#silence;
	#patience;
	#lostAt;
	#homing;
	#probe;
	#heardAt = 0;

	constructor(address, handlers) {
		Object.assign(this, handlers);
		this.#home = this.#url = socketOf(address, this.hello().role);
	}

	get isAway() {
		return this.#url !== this.#home;
	}

	// Browsers let no https page open a plain line.
	set elsewhere(address) {
		const isClosed = location.protocol === 'https:' && address?.startsWith('http:');
		this.#elsewhere = address && !isClosed ? socketOf(address, this.hello().role) : undefined;
	}

	connect() {
		this.#retry = undefined;
		this.#take(new WebSocket(this.#url, 'qarelay.v1'));
		this.#socket.onopen = () => this.send(this.hello());
	}

	send(frame) {
		const isOpen = this.#socket?.readyState === WebSocket.OPEN;
		if (isOpen) this.#socket.send(encode(frame));
		return isOpen;
	}

	// Gives the line up, as if closed with `code`.
	close(code) {
		this.#drop();
		if (!mayReconnect(code)) {
			if (!this.isAway) return this.onEnd(code);
			this.#elsewhere = undefined;
		}
		this.#failures = code === 1001 || (code >= 4000 && code < 4500) ? 1 : this.#failures + 1;
		this.#lostAt ??= Date.now();
		const isEnough = this.#failures >= AWAY_AT || Date.now() - this.#lostAt >= AWAY_AFTER;
		this.#patience ??= setTimeout(() => this.#elsewhere && !this.isAway && this.close(1006), AWAY_AFTER);
		this.#url = this.#elsewhere && isEnough && !this.isAway ? this.#elsewhere : this.#home;
		this.#connectIn(backoff(this.#failures));
	}

	// Comes back within `spread` milliseconds, or checks that the line is alive.
	nudge(spread) {
		if (this.#retry) return this.#connectIn(Math.random() * spread);
		if (this.#homing && !this.#probe) this.#seekHome(Math.random() * spread);
		if (Date.now() - this.#heardAt > NUDGE_WITHIN) this.#beat(NUDGE_WITHIN);
	}

	#take(socket) {
		this.#socket = socket;
		this.#inSilence(BEAT_AFTER, () => this.close(1006));
		socket.onmessage = ({ data }) => this.#hear(decode(data));
		socket.onclose = ({ code }) => this.close(code);
	}

	#drop() {
		const socket = this.#socket;
		this.#socket = undefined;
		clearTimeout(this.#silence);
		clearTimeout(this.#homing);
		this.#homing = undefined;
		if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
		socket?.close();
		this.onLost();
	}

	#hear(frame) {
		this.#heardAt = Date.now();
		this.#inSilence(BEAT_AFTER, () => this.#beat(BEAT_WITHIN));
		if (frame?.type === 'welcome') this.#arrive();
		if (frame) this.onFrame(frame);
	}

	#arrive() {
		clearTimeout(this.#patience);
		this.#patience = this.#lostAt = undefined;
		this.#failures = 0;
		if (this.isAway) this.#seekHome();
	}

	#seekHome(milliseconds = HOME_EVERY * (0.8 + Math.random() * 0.4)) {
		clearTimeout(this.#homing);
		this.#homing = setTimeout(async () => {
			// A relay that has just begun may not know yet what this page has seen.
			const isLevel = await (this.#probe = fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(NUDGE_WITHIN) })
				.then(answer => answer.json()).then(({ level = true }) => level, () => false));
			if (!isLevel || !this.#homing) {
				this.#probe = undefined;
				return this.#homing && this.#seekHome();
			}
			const probe = (this.#probe = new WebSocket(this.#home, 'qarelay.v1'));
			probe.onclose = () => {
				this.#probe = undefined;
				if (this.#homing) this.#seekHome();
			};
			probe.onopen = () => {
				this.#probe = undefined;
				if (this.#homing) this.#comeHome(probe);
				else probe.close();
			};
		}, milliseconds);
	}

	#comeHome(socket) {
		this.#drop();
		this.#url = this.#home;
		this.#take(socket);
		this.send(this.hello());
	}

	#beat(within) {
		if (this.send({ type: 'beat' })) this.#inSilence(within, () => this.close(1006));
	}

	#inSilence(milliseconds, act) {
		clearTimeout(this.#silence);
		this.#silence = setTimeout(act, milliseconds);
	}

	#connectIn(milliseconds) {
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => this.connect(), milliseconds);
	}
}
