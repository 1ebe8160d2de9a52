import { openStorage } from './identity.js';
import { Outbox } from './outbox.js';
import { Replica } from './replica.js';
import { Socket } from './socket.js';
import { defaultLimits } from './text.js';
import { Votes } from './votes.js';
import { newID } from './wire.js';

const LOST_AFTER = 1000;

/** One page's attachment to the hub: replica, outbox, votes and socket put together. */
export class Session {
  replica = new Replica();
  limits = defaultLimits;
  isReady = false;
  /** Whether the line has been away for long enough to say so. */
  isLost = false;
  #socket;
  #device;
  #lostTimer;
  #wakeTimer;

  /**
   * `onChange(what)` after anything changed (`lost` and `back` for the line), `onAnswer(answer, frame, again)` for
   * each settled command or vote, `onEnd(code)` when there is no coming back.
   */
  constructor({ event, role, venue, token, maximumAge, onChange, onAnswer, onEnd }) {
    Object.assign(this, { role, venue, token, onChange, onAnswer });
    this.storage = openStorage(`qa/${event}/${venue ?? role}/`);
    this.outbox = new Outbox(this.storage, { maximumAge });
    this.votes = new Votes(this.storage);
    this.#socket = new Socket(location.origin.replace(/^http/, 'ws') + '/ws', {
      hello: () => this.#hello(), onFrame: frame => this.#receive(frame), onLost: () => this.#lost(), onEnd,
    });
    addEventListener('online', () => this.#socket.nudgeSoon());
    addEventListener('visibilitychange', () => document.hidden || this.#socket.nudge());
    addEventListener('storage', change => this.#changedElsewhere(change));
    this.#lost();
    this.#socket.connect();
  }

  get view() {
    return this.replica.view;
  }

  command(action, fields) {
    this.send({ type: 'command', id: newID(), do: action, ...fields });
  }

  /** Sends a command or vote, now or when the line is back. */
  send(frame) {
    this.outbox.add(frame);
    this.#flush();
    this.onChange();
  }

  #flush() {
    clearTimeout(this.#wakeTimer);
    if (!this.isReady) return;
    for (const frame of this.outbox.take()) this.#socket.send(frame);
    const { wait } = this.outbox;
    if (wait < Infinity) this.#wakeTimer = setTimeout(() => this.#flush(), Math.max(wait, 0) + 20);
  }

  #hello() {
    const { role, venue, token, replica } = this;
    this.#device = (!token && this.storage.get('device')) || undefined;
    const position = replica.resumeFrom;
    return { type: 'hello', version: 1, role, venue, token, device: this.#device, position, client: 'web/1' };
  }

  #receive(frame) {
    if (frame.type === 'ack' || frame.type === 'rejection') return this.#answer(frame);
    const what = this.replica.receive(frame);
    if (what === 'gap') this.#socket.close(1001);
    if (what === 'welcome') this.#welcome(frame);
    if (what === 'delta') this.votes.reach(this.replica.position);
    if (what === 'mine') {
      this.votes.learn(frame, this.outbox.items.map(item => item.frame).filter(({ type }) => type === 'vote'));
      if (frame.whole) this.#ready();
    }
    this.onChange();
  }

  #welcome({ device, venue, limits }) {
    this.ownVenue = venue;
    this.limits = { ...this.limits, ...limits };
    if (!device) return this.#ready();
    const kept = this.storage.get('device');
    // Another tab became somebody meanwhile: be the same person.
    if (kept && kept !== this.#device) return this.#socket.close(1001);
    this.storage.set('device', (this.#device = device));
  }

  #answer(answer) {
    if (answer.code === 'device_invalid' && this.storage.get('device') === this.#device) {
      this.storage.set('device', undefined);
      this.storage.set('votes', undefined);
    }
    const settled = this.outbox.settle(answer);
    if (!settled) return;
    const { frame, again } = settled;
    const isTaken = answer.type === 'ack';
    if (frame.type === 'vote' && isTaken) this.votes.acknowledge(frame, answer.sequence);
    if (frame.type === 'vote' && !isTaken && !again) this.votes.reject(frame.question);
    if (frame.do === 'ask' && isTaken) this.#asked(frame);
    this.votes.reach(this.replica.position);
    this.onAnswer(answer, frame, again);
    this.#flush();
    this.onChange();
  }

  /** The hub has our question, and will soon say so itself. */
  #asked({ id, text }) {
    const status = this.view.event?.moderated ? 'pending' : 'approved';
    if (!this.replica.mine.has(id)) this.replica.mine.set(id, { id, text, status });
  }

  #lost() {
    this.isReady = false;
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
      this.onChange();
    } else if (key === `${prefix}device` && this.isReady && this.storage.get('device') !== this.#device) {
      this.#socket.close(1001);
    }
  }
}
