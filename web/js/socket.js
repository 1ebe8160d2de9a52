import { backoff } from './backoff.js';
import { decode, encode } from './wire.js';

const BEAT_AFTER = 15_000;
const BEAT_WITHIN = 8_000;
const NUDGE_WITHIN = 4_000;

// Whether one may come back after a close code.
export const mayReconnect = code => ![1000, 1003, 1007, 1008, 1009].includes(code) && !(code >= 4500 && code <= 4505);

// The life of the WebSocket: hello, proof of life, reconnecting.
export class Socket {
	#socket;
	#failures = 0;
	#retry;
	#silence;
	#heardAt = 0;

	constructor(url, handlers) {
		Object.assign(this, { url, ...handlers });
	}

	connect() {
		this.#retry = undefined;
		const socket = (this.#socket = new WebSocket(this.url, 'qarelay.v1'));
		this.#inSilence(BEAT_AFTER, () => this.close(1006));
		socket.onopen = () => this.send(this.hello());
		socket.onmessage = ({ data }) => this.#hear(decode(data));
		socket.onclose = ({ code }) => this.close(code);
	}

	send(frame) {
		const isOpen = this.#socket?.readyState === WebSocket.OPEN;
		if (isOpen) this.#socket.send(encode(frame));
		return isOpen;
	}

	// Gives the line up, as if closed with `code`.
	close(code) {
		const socket = this.#socket;
		this.#socket = undefined;
		clearTimeout(this.#silence);
		if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
		socket?.close();
		this.onLost();
		if (!mayReconnect(code)) return this.onEnd(code);
		this.#failures = code === 1001 || (code >= 4000 && code < 4500) ? 1 : this.#failures + 1;
		this.#connectIn(backoff(this.#failures));
	}

	// Comes back within `spread` milliseconds, or checks that the line is alive.
	nudge(spread) {
		if (this.#retry) this.#connectIn(Math.random() * spread);
		else if (Date.now() - this.#heardAt > NUDGE_WITHIN) this.#beat(NUDGE_WITHIN);
	}

	#hear(frame) {
		this.#heardAt = Date.now();
		this.#inSilence(BEAT_AFTER, () => this.#beat(BEAT_WITHIN));
		if (frame?.type === 'welcome') this.#failures = 0;
		if (frame) this.onFrame(frame);
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
