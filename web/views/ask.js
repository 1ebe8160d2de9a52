// The phone: ask, follow one's questions, support the others'.

import { announce, byID, el, keyed, onceAFrame, setText, setTexts, words } from '../js/dom.js';
import { explain, offerLanguages, t } from '../js/i18n.js';
import { common, withEvent } from '../js/identity.js';
import { Session } from '../js/session.js';
import { checkName, checkQuestion, cleanText, length } from '../js/text.js';
import { byNewest, byVotes, currentTalk, total, venueName } from '../js/view.js';

const TOUCHED_FOR = 1500;
const SENT_FOR = 700;

const [input, person, composer, list] = ['text', 'name', 'composer', 'list'].map(byID);
const draw = onceAFrame(() => session && keepPlace());
let session;
let order = [];
let wanted = [];
let touched;
let sentAt = 0;
let confirming;
const told = new Map();
const refusedVotes = new Map();

function open(event) {
	const venue = new URLSearchParams(location.search).get('venue');
	const place = event.venues.find(({ id }) => id === venue);
	offerLanguages(event.languages, draw);
	setText('title', event.title);
	if (!place) return stop('venueUnknown');
	document.title = `${place.name} – ${event.title}`;
	byID('venue').replaceChildren(words(place.name));
	const onEnd = code => stop(code === 4504 ? 'venueUnknown' : 'ended', code);
	session = new Session({ event: event.id, role: 'audience', venue, onChange, onAnswer, onEnd });
	input.value = session.storage.get('draft') ?? '';
	person.value = session.storage.get('name') ?? '';
	draw();
}

function stop(key, code) {
	byID('main').replaceChildren(el('p.notice', {}, t(key, code), ' ', el('a', { href: '/' }, t('joinTitle'))));
	session = undefined;
}

function onChange(what) {
	if (what) announce(t(what === 'lost' ? 'offline' : 'connected'));
	draw();
}

function onAnswer(answer, frame, again) {
	if (answer.type === 'rejection') {
		if (frame.type === 'vote' && !again) refusedVotes.set(frame.question, answer);
		announce(explain(answer));
	} else if (frame.do === 'ask') {
		announce(t(session.view.event?.moderated ? 'sent_moderated' : 'state_approved'));
	}
}

// Announces a new value of a subject, but not the first one.
function tell(subject, value, text) {
	const before = told.get(subject);
	if (value && before !== undefined && before !== value) announce(text);
	told.set(subject, value);
}

// Draws without moving what is being read or written.
function keepPlace() {
	const isSeen = node => node.offsetHeight && node.getBoundingClientRect().bottom > 0;
	const blocks = [byID('live'), composer, byID('mine'), ...list.children];
	const anchor = composer.contains(document.activeElement) ? composer : scrollY > 0 && blocks.find(isSeen);
	const before = anchor && anchor.getBoundingClientRect().top;
	drawAll();
	if (anchor?.isConnected) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
}

function drawAll() {
	const { view, isLost } = session;
	const { event } = view;
	const talk = currentTalk(view);
	byID('offline').hidden = !isLost;
	setText('talk', talk?.title);
	setText('who', talk?.speaker);
	drawLive(view.cards.get(view.live));
	drawComposer();
	drawMine();
	drawList([...view.cards.values()]);
	const counts = ['received', 'pending', 'shown', 'answered', 'dismissed'].map(name => total(view, name));
	setText('counts', event ? t('counts', ...counts) : '');
}

function drawLive(live) {
	byID('live').hidden = !live;
	keyed(byID('live').lastElementChild, live ? [live.id] : [], makeCard, drawCard);
	tell('live', live?.id ?? null, live && `${t('onScreen')} : ${live.text}`);
}

function whyClosed() {
	const { event } = session.view;
	return event?.phase === 'closed' ? t('closed') : event?.intake === false ? t('paused') : '';
}

function drawComposer() {
	const size = length(cleanText(input.value));
	const limit = session.limits.text_maximum;
	setText('counter', `${size} / ${limit}`);
	byID('counter').classList.toggle('problem', size > limit);
	setText('closed', whyClosed());
	byID('send').setAttribute('aria-disabled', Boolean(whyClosed()));
}

function showProblem(problem, field) {
	setText('message', problem && explain(problem));
	for (const node of [input, person]) node.setAttribute('aria-invalid', node === field);
	field?.focus();
}

composer.oninput = ({ target }) => {
	session.storage.set(target === input ? 'draft' : 'name', target.value);
	showProblem();
	draw();
};

composer.onsubmit = event => {
	event.preventDefault();
	if (!session || Date.now() - sentAt < SENT_FOR) return;
	if (whyClosed()) return announce(whyClosed());
	const question = checkQuestion(input.value, session.limits);
	const name = checkName(person.value, session.limits);
	if (question.code) return showProblem(question, input);
	if (name.code) return showProblem(name, person);
	sentAt = Date.now();
	session.command('ask', { ...question, ...name, talk: session.view.event?.talk ?? undefined });
	input.value = '';
	session.storage.set('draft', undefined);
	showProblem();
	announce(t('state_sending'));
	if (matchMedia('(pointer: coarse)').matches) document.activeElement.blur();
};

function drawMine() {
	const { mine, outbox } = session;
	const waiting = outbox.items.filter(({ frame }) => frame.do === 'ask' && !mine.has(frame.id));
	const own = new Map([...mine, ...waiting.map(item => [item.frame.id, { ...item.frame, item }])]);
	byID('mine').hidden = !own.size;
	keyed(byID('mine').lastElementChild, [...own.keys()].reverse(), makeMine, (row, id) => updateMine(row, own.get(id)));
}

const makeMine = id => el('li.card', { id }, words('', 'text'),
	el('p.meta', {}, el('span.state'), el('span.number')), el('p.buttons'));

function updateMine(row, question) {
	const { id, status, number, text, item } = question;
	const state = stateOf(question);
	const isOpen = item || status === 'pending' || status === 'approved';
	const names = item?.rejected ? ['edit', 'discard'] : !isOpen || isWithdrawing(id) ? []
		: confirming === id ? ['yes', 'no'] : ['withdraw'];
	setTexts(row, { text, state, number: number && t('number', number) });
	row.classList.toggle('live', status === 'live');
	row.lastChild.dataset.ask = confirming === id ? t('sure') : '';
	keyed(row.lastChild, names, name => el('button', { onclick: () => actOnMine(name, id, text) }),
		(button, name) => setText(button, t(name)));
	tell(id, status, t('yourQuestion', number ?? '', state));
}

function isWithdrawing(id) {
	return session.outbox.items.some(({ frame }) => frame.do === 'withdraw' && frame.question === id);
}

function stateOf({ id, status, reason = 'other', item }) {
	const left = Math.ceil((item?.holdUntil - Date.now()) / 1000);
	if (item?.rejected) return t('state_refused', explain(item.rejected));
	if (isWithdrawing(id)) return t('working');
	if (left > 0) return t('state_cooling', left);
	if (item) return t(session.isLost ? 'state_waiting' : 'state_sending');
	return t(`state_${reason === 'withdrawn' ? reason : status}`, t(`reason_${reason}`));
}

function actOnMine(name, id, text) {
	const { outbox, storage } = session;
	confirming = name === 'withdraw' ? id : undefined;
	if (name === 'yes' && !outbox.cancel(id)) session.command('withdraw', { question: id });
	if (name === 'edit' || name === 'discard') outbox.cancel(id);
	if (name === 'edit') storage.set('draft', input.value = text);
	drawAll();
	if (name === 'edit') input.focus();
	else (byID(id)?.querySelector('button') ?? byID('mine')).focus();
}

function makeCard(id) {
	const meta = el('p.meta', {}, words('', 'venue'), el('span.number'), words('', 'name'), el('span.state'));
	const button = el('button.support', { onclick: () => support(id) },
		el('span.label'), ' ', el('span.count'), el('span.which unseen'));
	const content = [words('', 'text'), meta, button, el('p.problem')];
	return Object.assign(el('li.card', {}, ...content), { content, button });
}

function drawCard(row, id) {
	const { view, votes, mine } = session;
	const { content, button } = row;
	const card = view.cards.get(id);
	if (card && row.classList.contains('gone')) row.replaceChildren(...content);
	if (row.classList.toggle('gone', !card)) {
		row.style.minHeight = `${row.offsetHeight}px`;
		return row.replaceChildren(t('gone'));
	}
	const isOwn = mine.has(id);
	const number = t('number', card.number);
	button.hidden = isOwn || card.status === 'answered';
	button.setAttribute('aria-pressed', votes.isOn(id));
	const states = [isOwn && t('own'), card.status === 'live' && row.parentNode === list && t('onScreen'),
		button.hidden && t('supporters', card.votes)];
	setTexts(row, {
		text: card.text, venue: venueName(view, card.venue), number, name: card.name,
		state: states.filter(Boolean).join(' · '), label: t('support'), count: String(votes.count(card)),
		which: ` ${number}`, problem: refusedVotes.has(id) ? explain(refusedVotes.get(id)) : '',
	});
}

function support(id) {
	if (session.isReady && session.votes.isPending(id)) return;
	refusedVotes.delete(id);
	session.send(session.votes.toggle(id));
}

const isAtTop = () => list.getBoundingClientRect().top >= 0;

const mayMove = () => isAtTop() && !touched && !list.querySelector(':focus-visible');

function drawList(cards) {
	const idsOf = (status, by) => cards.filter(card => card.status === status).sort(by).map(({ id }) => id);
	const answered = idsOf('answered', byNewest);
	wanted = idsOf('approved', byID('by_votes').checked ? byVotes : byNewest);
	if (!order.length || mayMove()) order = wanted;
	const fresh = isAtTop() ? 0 : wanted.filter(id => !order.includes(id)).length;
	byID('fresh').hidden = !fresh;
	setText('fresh', fresh ? t('fresh', fresh) : '');
	tell('fresh', fresh > 0, t('fresh', fresh));
	keyed(list, order, makeCard, drawCard);
	byID('none').hidden = order.length > 0 || !session.view.event;
	byID('answered').hidden = !answered.length;
	setText(byID('answered').firstElementChild, t('answered', answered.length));
	keyed(byID('answered').lastElementChild, answered, makeCard, drawCard);
}

function sortAgain() {
	order = [];
	if (session) drawAll();
}

byID('fresh').onclick = () => {
	sortAgain();
	byID('questions').scrollIntoView();
	byID('questions').focus({ preventScroll: true });
};
byID('sort').onchange = () => {
	common.set('newest', byID('by_new').checked);
	sortAgain();
};
byID('by_new').checked = common.get('newest') ?? false;
list.onpointerdown = () => {
	clearTimeout(touched);
	touched = setTimeout(() => draw(touched = undefined), TOUCHED_FOR);
};
addEventListener('scroll', () => {
	if (wanted !== order && mayMove()) draw();
}, { passive: true });
withEvent(open);
