import { backoff } from './backoff.js';
import { decode, encode } from './wire.js';

const BEAT_AFTER = 15_000;
const BEAT_WITHIN = 8_000;
const NUDGE_WITHIN = 4_000;

/** Whether a client may come back after this close code. */
export const mayReconnect = code => ![1000, 1003, 1007, 1008, 1009].includes(code) && !(code >= 4500 && code <= 4505);

/** The life of the WebSocket: hello, proof of life, reconnecting. It knows frames, not what they mean. */
export class Socket {
  #socket;
  #failures = 0;
  #retry;
  #silence;
  #heardAt = 0;

  /** `hello()` makes the first frame; `onFrame(frame)`, `onLost()` and `onEnd(code)` hear of the rest. */
  constructor(url, handlers) {
    Object.assign(this, { url, ...handlers });
  }

  connect() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const socket = (this.#socket = new WebSocket(this.url, 'qarelay.v1'));
    this.#hangUpIn(BEAT_AFTER);
    socket.onopen = () => this.send(this.hello());
    socket.onmessage = ({ data }) => this.#heard(decode(data));
    socket.onclose = ({ code }) => this.close(code);
  }

  send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encode(frame));
  }

  /** Gives the line up, as if the hub had closed it with `code`. */
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

  /** The page is looked at again: come back at once, or make sure that the line is alive. */
  nudge() {
    if (this.#retry) this.connect();
    else if (Date.now() - this.#heardAt > NUDGE_WITHIN) this.#beat(NUDGE_WITHIN);
  }

  /** The network is back for everybody here at once: come back soon, but not all in the same moment. */
  nudgeSoon() {
    if (this.#retry) this.#connectIn(backoff(1));
    else this.nudge();
  }

  #heard(frame) {
    this.#heardAt = Date.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#beat(BEAT_WITHIN), BEAT_AFTER);
    if (frame?.type === 'welcome') this.#failures = 0;
    if (frame) this.onFrame(frame);
  }

  #beat(within) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.send({ type: 'beat' });
    this.#hangUpIn(within);
  }

  #hangUpIn(milliseconds) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.close(1006), milliseconds);
  }

  #connectIn(milliseconds) {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.connect(), milliseconds);
  }
}
