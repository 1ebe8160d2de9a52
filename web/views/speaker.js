// The speaker's console: the live question, the next ones, and three things to do.

import { announce, byID, el, keyed, setText, words } from '../js/dom.js';
import { explain, t } from '../js/i18n.js';
import { common } from '../js/identity.js';
import { details, drawLive, openScreen } from '../js/screen.js';
import { drawStage, putAway } from '../js/stage.js';
import { lineOf, ruleOf, turnsOf, wordsOf } from '../js/wording.js';

const SHOWN = 6;
const HELD_FOR = 1200;

let session;
let shown = [];
// Runs while a pointer is among the rows, which stand still.
let hold;
let undoable = [];
// What an answer told of: positions belong to one server.
let awaited = {};

const keys = { PageDown: 'take', ArrowRight: 'take', ' ': 'take', PageUp: 'back', ArrowLeft: 'back' };

const actions = {
	take(question = waiting()[0]) {
		if (question) act('takeLive', { question, replacing: session.view.live });
		else actions.done();
	},
	done: () => session.view.live && act('answer', { question: session.view.live }),
	back() {
		if (undoable.length) act('undo', { sequence: undoable.at(-1).sequence });
		else if (session.view.live) act('putBack', { question: session.view.live });
	},
};

function isBusy() {
	if (!session.isReady) awaited = {};
	return session.outbox.items.length > 0 || (awaited.epoch === session.epoch && session.position < awaited.sequence);
}

function act(action, fields) {
	if (isBusy()) return;
	setText('note', '');
	session.command(action, fields);
}

function onAnswer(answer, frame, again) {
	const isUndo = frame.do === 'undo';
	if (frame.do === 'stageRead') return;
	if (answer.type === 'ack') {
		const { sequence } = answer;
		awaited = { epoch: session.epoch, sequence };
		if (isUndo) undoable.pop();
		else undoable.push(awaited);
	} else {
		if (isUndo && !again) undoable = [];
		setText('note', explain(answer));
		announce(explain(answer));
	}
}

function waiting() {
	const { queue, live, cards } = session.view;
	return queue.filter(id => id !== live && cards.has(id));
}

function draw(current) {
	session = current;
	const { view, isLost } = session;
	const isWorking = isBusy();
	const next = waiting();
	const line = isLost ? 'lost' : isWorking ? 'working' : 'connected';
	undoable = undoable.filter(({ epoch }) => epoch === session.epoch);
	setText('line', line === 'connected' && lineOf(session, true) || t(line));
	byID('line').className = line;
	setText('back', t(undoable.length ? 'undo' : 'putBack'));
	const isPossible = { take: next.length || view.live, done: view.live, back: view.live || undoable.length };
	for (const name in actions) byID(name).setAttribute('aria-disabled', isWorking || !isPossible[name]);
	setText('queue-title', t('queue', next.length));
	byID('live').classList.toggle('none', !view.live);
	drawLive(view, t('nothingLive'), innerHeight / 7);
	drawQueue(next.slice(0, SHOWN));
	setText('turns', turnsOf(view) || t('ruleTitle'));
	setText('rule', ruleOf(view));
	drawStage(session);
}

function drawQueue(next) {
	const { cards } = session.view;
	shown = hold ? shown.filter(id => cards.has(id)) : next;
	const make = id =>
		el('li', {}, el('button', { onclick: () => actions.take(id) }, el('span.meta'), words('', 'text')));
	keyed(byID('queue'), shown, make, ({ firstChild: button }, id) => {
		button.firstChild.replaceChildren(...details(session.view, cards.get(id), true));
		setText(button.lastChild, wordsOf(cards.get(id)));
	});
}

function stayOn() {
	if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => {});
}

for (const name in actions) byID(name).onclick = () => session && actions[name]();
byID('keys').checked = common.get('keys') ?? true;
byID('keys').onchange = ({ target }) => common.set('keys', target.checked);
byID('queue').onpointermove = () => {
	clearTimeout(hold);
	hold = setTimeout(() => {
		hold = undefined;
		if (session) draw(session);
	}, HELD_FOR);
};
addEventListener('keydown', event => {
	const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
	if (!keys[event.key] || isModified || !session || !byID('keys').checked) return;
	if (event.key === ' ' && event.target.closest('button, input, summary')) return;
	event.preventDefault();
	if (!event.repeat && !putAway()) actions[keys[event.key]]();
});
addEventListener('visibilitychange', stayOn);
stayOn();
openScreen('speaker', draw, onAnswer);
