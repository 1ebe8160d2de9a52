import { newID } from './wire.js';

const lanes = ['ask', 'command', 'vote'];
const laneOf = frame => (frame.do === 'ask' ? 'ask' : frame.type);
const FOREIGN_HOLD = 5000;
const keyOf = frame => (frame.type === 'vote' ? `out/v/${frame.question}` : `out/c/${frame.id}`);

/**
 * Commands and votes without an answer yet. Each has a storage key of its own, so that two tabs never overwrite each
 * other's. One question, one other command and one vote are under way at a time; the rest wait in order.
 */
export class Outbox {
  #items = new Map();
  #underway = {};
  #last = 0;

  /** `storage` has `get`, `set` and `keys`; what is older than `maximumAge` milliseconds is forgotten. */
  constructor(storage, { now = Date.now, maximumAge = Infinity } = {}) {
    Object.assign(this, { storage, now });
    const stored = storage.keys().filter(key => key.startsWith('out/')).map(storage.get).filter(Boolean);
    for (const item of stored.sort((left, right) => left.order - right.order)) {
      this.#keep({ ...item, isDone: now() - item.order > maximumAge });
    }
  }

  get items() {
    return [...this.#items.values()];
  }

  isVoting(question) {
    return this.#underway.vote?.question === question;
  }

  /** Puts a frame in; a vote takes the place of an earlier one on the same question. */
  add(frame) {
    this.#last = Math.max(this.#last + 1, this.now());
    this.#keep({ order: this.#last, frame });
  }

  /** Takes a command out; false when the hub may have it. */
  cancel(id) {
    const item = this.#items.get(`out/c/${id}`);
    if (!item || (item.sent && !item.rejected)) return false;
    this.#keep({ ...item, isDone: true });
    return true;
  }

  /** The frames to send now. */
  take() {
    const items = lanes.filter(lane => !this.#underway[lane]).map(lane => this.#first(lane));
    return items.filter(item => item && !(item.holdUntil > this.now())).map(item => {
      this.#keep({ ...item, sent: true });
      return (this.#underway[laneOf(item.frame)] = item.frame);
    });
  }

  /** Milliseconds until something held back may go; Infinity when nothing is. */
  get wait() {
    return Math.min(...lanes.map(lane => (this.#first(lane)?.holdUntil ?? Infinity) - this.now()));
  }

  /** The line is lost: nothing is under way any more. */
  hangUp() {
    this.#underway = {};
  }

  /** Takes an ack or a rejection in; answers `{frame, again}`: what it settles and whether that is sent again. */
  settle(answer) {
    const frame = this.#answered(answer);
    if (!frame) return null;
    delete this.#underway[laneOf(frame)];
    const item = this.#items.get(keyOf(frame));
    if (!item || item.frame.counter > frame.counter) return { frame, again: false };
    if (answer.retry === 'after') {
      this.#keep({ ...item, sent: false, holdUntil: this.now() + (answer.after ?? 1000) });
      return { frame, again: true };
    }
    const again = answer.code === 'command_id_taken';
    if (again) this.add({ ...frame, id: newID() });
    const stays = answer.type === 'rejection' && frame.do === 'ask' && !again;
    this.#keep({ ...item, ...(stays ? { rejected: answer } : { isDone: true }) });
    return { frame, again };
  }

  /** Another tab changed what lies under `key`; it has some time to send it itself. */
  changedElsewhere(key, item) {
    if (item) this.#items.set(key, { holdUntil: this.now() + FOREIGN_HOLD, ...item });
    else this.#items.delete(key);
  }

  /** What is to be sent next; nothing about a question goes before the question itself. */
  #first(lane) {
    return this.items.find(({ frame, rejected }) =>
      laneOf(frame) === lane && !rejected && !this.#items.has(`out/c/${frame.question}`));
  }

  #answered({ id, question, counter }) {
    const underway = Object.values(this.#underway);
    if (id) return underway.find(frame => frame.id === id);
    if (question) return underway.find(frame => frame.question === question && frame.counter === counter);
    return underway.length === 1 ? underway[0] : undefined;
  }

  #keep(item) {
    const key = keyOf(item.frame);
    if (item.isDone) this.#items.delete(key);
    else this.#items.set(key, item);
    this.storage.set(key, item.isDone ? undefined : item);
  }
}
