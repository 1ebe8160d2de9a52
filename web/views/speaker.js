// The speaker's console: the live question, the next ones, and three things to do.

import { announce, byID, el, keyed, setText, setWords, words } from '../js/dom.js';
import { explain, t } from '../js/i18n.js';
import { common } from '../js/identity.js';
import { details, drawLive, openScreen } from '../js/screen.js';

const SHOWN = 6;
const HELD_FOR = 1200;

let session;
let shown = [];
let pointedAt = 0;
/** Sequences of this page's own actions, the last one to be undone first. */
let undoable = [];
let awaited = 0;

const keys = { PageDown: 'take', ArrowRight: 'take', ' ': 'take', PageUp: 'back', ArrowLeft: 'back' };

const actions = {
  take(question = waiting()[0]) {
    if (question) act('takeLive', { question, replacing: session.view.live });
    else actions.done();
  },
  done: () => session.view.live && act('answer', { question: session.view.live }),
  back() {
    if (undoable.length) act('undo', { sequence: undoable.at(-1) });
    else if (session.view.live) act('putBack', { question: session.view.live });
  },
};

function isBusy() {
  if (!session.isReady) awaited = 0;
  return session.outbox.items.length > 0 || session.replica.position < awaited;
}

function act(action, fields) {
  if (isBusy()) return;
  note('');
  session.command(action, fields);
}

function answered(answer, frame, again) {
  const isUndo = frame.do === 'undo';
  if (answer.type === 'ack') {
    awaited = answer.sequence;
    if (isUndo) undoable.pop();
    else undoable.push(awaited);
  } else {
    if (isUndo && !again) undoable = [];
    note(explain(answer));
  }
}

function waiting() {
  const { queue, live, cards } = session.view;
  return queue.filter(id => id !== live && cards.has(id));
}

function draw() {
  const isWorking = isBusy();
  const next = waiting();
  const { view, isLost } = session;
  const line = isLost ? 'lost' : isWorking ? 'working' : 'connected';
  setText(byID('line'), t(line));
  byID('line').className = line;
  setText(byID('back'), t(undoable.length ? 'undo' : 'putBack'));
  const isPossible = { take: next.length || view.live, done: view.live, back: view.live || undoable.length };
  for (const name in actions) byID(name).setAttribute('aria-disabled', isWorking || !isPossible[name]);
  setText(byID('queue-title'), next.length ? t('queue', next.length) : t('queueEmpty'));
  byID('live').classList.toggle('none', !view.live);
  drawLive(view, t('nothingLive'), innerHeight / 7);
  drawQueue(next.slice(0, SHOWN));
}

/** The rows stand still while a pointer is among them. */
function drawQueue(next) {
  const { view } = session;
  shown = Date.now() - pointedAt < HELD_FOR ? shown.filter(id => view.cards.has(id)) : next;
  const make = id => el('li', {}, el('button', { type: 'button', onclick: () => actions.take(id) },
    el('span', { className: 'meta' }), words('', 'text')));
  keyed(byID('queue'), shown, make, ({ firstChild: button }, id) => {
    button.firstChild.replaceChildren(...details(view, view.cards.get(id)));
    setWords(button.lastChild, view.cards.get(id).text);
  });
}

function holdEnds() {
  const left = pointedAt + HELD_FOR - Date.now();
  if (left > 0) setTimeout(holdEnds, left);
  else draw();
}

function note(text) {
  setText(byID('note'), text);
  if (text) announce(text);
}

async function stayOn() {
  try {
    if (!document.hidden) await navigator.wakeLock?.request('screen');
  } catch {
    // The browser refuses: the machine's own settings hold.
  }
}

for (const name in actions) byID(name).onclick = () => session && actions[name]();
byID('keys').checked = common.get('keys') ?? true;
byID('keys').onchange = ({ target }) => common.set('keys', target.checked);
byID('queue').onpointermove = () => {
  if (Date.now() - pointedAt > HELD_FOR) setTimeout(holdEnds, HELD_FOR);
  pointedAt = Date.now();
};
addEventListener('keydown', event => {
  const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
  if (!keys[event.key] || isModified || !session || !byID('keys').checked) return;
  if (event.key === ' ' && event.target.closest('button, input')) return;
  event.preventDefault();
  if (!event.repeat) actions[keys[event.key]]();
});
document.addEventListener('visibilitychange', stayOn);
stayOn();
openScreen('speaker', current => draw(session = current), answered);
