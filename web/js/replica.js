// A replica of a role's view: its position, and what each frame of the hub does to it.

import { applyDelta, emptyView } from './view.js';

export class Replica {
  epoch = null;
  position = 0;
  view = emptyView();
  /** This device's own questions by id. */
  mine = new Map();

  /** What `hello` says of the position; undefined asks for the whole view. */
  get resumeFrom() {
    return this.position > 0 ? { epoch: this.epoch, sequence: this.position } : undefined;
  }

  /** Takes a frame in; answers its type, or `gap` (say hello again), or `part` (more follows). */
  receive(frame) {
    if (frame.type === 'welcome') {
      if (!frame.resumed) this.position = 0;
      this.epoch = frame.epoch;
    } else if (frame.type === 'delta') {
      if (frame.from !== 0 && frame.from !== this.position) return 'gap';
      this.view = applyDelta(this.view, frame);
      if (frame.more) return 'part';
      this.position = frame.to;
    } else if (frame.type === 'mine') {
      if (frame.whole) this.mine = new Map();
      for (const question of frame.questions ?? []) this.mine.set(question.id, question);
    }
    return frame.type;
  }
}
