// The phone: ask or ask to speak, follow one's questions, support the others'.

import { announce, byID, el, keyed, onceAFrame, setText, setTexts, words } from '../js/dom.js';
import { myFloor, ringFor, stageOf } from '../js/floor.js';
import { explain, learn, offerLanguages, t } from '../js/i18n.js';
import { become, common, openStorage, takeDevice, withEvent } from '../js/identity.js';
import { isWithdrawing, stateOf } from '../js/own.js';
import { Session } from '../js/session.js';
import { checkName, checkQuestion, cleanText, length } from '../js/text.js';
import { byNewest, byVotes, currentTalk, total, venueNames } from '../js/view.js';
import { floorOf, lineOf, numberOf, ruleOf, showRehearsal, turnsOf, wordsOf } from '../js/wording.js';

learn('ask');

const TOUCHED_FOR = 1500;
const SENT_FOR = 700;

const [input, person, composer, list, spoken] = ['text', 'name', 'composer', 'list', 'spoken'].map(byID);
const draw = onceAFrame(() => session && keepPlace());
let session;
let order = [];
let wanted = [];
let touched;
let sentAt = 0;
let confirming;
const told = new Map();
const refusedVotes = new Map();
// Founders of groups that one of this person's questions belongs to.
let joined = new Set();
let proposals = { type() {}, draw() {} };
let drawHandover = () => {};
let codes = { offer() {}, hear() {} };

async function open(event) {
	const venue = new URLSearchParams(location.search).get('venue');
	const place = event.venues.find(({ id }) => id === venue);
	await offerLanguages(event.languages, draw);
	setText('title', event.title);
	if (!place) return stop('venueUnknown');
	document.title = `${place.name} – ${event.title}`;
	byID('venue').replaceChildren(words(place.name));
	const onEnd = code => stop(code === 4504 ? 'venueUnknown' : 'ended', code);
	const storage = openStorage(`qa/${event.id}/${venue}/`);
	const device = takeDevice();
	if (device && !become(storage, device)) setText('note', t('notTaken'));
	session = new Session({ storage, role: 'audience', venue, onChange, onAnswer, onEnd });
	setWay(storage.get('spoken'));
	input.value = session.storage.get('draft') ?? '';
	person.value = session.storage.get('name') ?? '';
	// Where everybody votes no phone needs them.
	if (event.votes) loadCodes();
	draw();
}

// Who taps before they are there is asked as soon as they are; where they cannot be had, the server says what it wants.
function loadCodes() {
	const loading = import('../js/vote-code.js');
	codes = { ...codes, ask: (session, then) => loading.then(module => module.ask(session, then), then) };
	loading.then(module => draw(codes = module), () => {});
}

function stop(key, code) {
	byID('main').replaceChildren(el('p.notice', {}, t(key, code), ' ', el('a', { href: '/' }, t('joinTitle'))));
	proposals.type('');
	session = undefined;
}

function onChange(what) {
	if (what) announce(what === 'lost' ? t('offline') : lineOf(session) || t(what === 'line' ? 'lineBack' : 'connected'));
	draw();
}

function onAnswer(answer, frame, again) {
	if (frame.type === 'redeem') return codes.hear(session, answer, frame, again);
	if (answer.type === 'rejection') {
		if (frame.type === 'vote' && !again) refusedVotes.set(frame.question, answer);
		announce(explain(answer));
	} else if (frame.do === 'ask' && session.mine.get(frame.id)?.status !== 'merged') {
		const { moderated } = session.view.event ?? {};
		// Otherwise what became of it is told when it comes, in a moment.
		if (moderated) announce(t(frame.spoken ? 'floorSent' : 'sent_moderated')); else told.set(frame.id, frame.id);
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
	setText('line', isLost ? '' : lineOf(session));
	showRehearsal(event);
	setText('rule', ruleOf(view));
	setText('turns', turnsOf(view));
	drawHandover(session);
	codes.offer(session);
	setText('talk', talk?.title);
	setText('who', talk?.speaker);
	drawLive(view.cards.get(view.live));
	joined = new Set([...session.mine.values()].map(({ into }) => into));
	drawComposer();
	proposals.draw();
	drawMine();
	ringFor(myFloor(session));
	drawList([...view.cards.values()]);
	const counts = ['received', 'pending', 'shown', 'answered', 'dismissed'].map(name => total(view, name));
	setText('counts', event ? t('counts', ...counts) : '');
}

function drawLive(live) {
	byID('live').hidden = !live;
	const title = live?.spoken ? floorOf(session.view, live) : t('onScreen');
	setText(byID('live').firstElementChild, title);
	keyed(byID('live').lastElementChild, live ? [live.id] : [], makeLive, drawCard);
	tell('live', live?.id ?? null, live && `${title} : ${wordsOf(live)}`);
}

function whyClosed() {
	const { event } = session.view;
	return event?.phase === 'closed' ? t('closed') : event?.intake === false ? t('paused')
		: isSpoken() && myFloor(session) ? t('code_floor_taken') : '';
}

function setWay(isFloor) {
	byID(isFloor ? 'spoken' : 'written').checked = true;
	session.storage.set('spoken', isFloor || undefined);
}

const isSpoken = () => spoken.checked && session.view.event?.floor === true;

// Of a floor request a word says enough.
const limitsNow = () => ({ ...session.limits, ...(isSpoken() && { text_minimum: 3, words_minimum: 1 }) });

function drawComposer() {
	const isFloor = isSpoken();
	byID('way').hidden = !session.view.event?.floor;
	setText('asked', t(isFloor ? 'subject' : 'question'));
	setText('hint', isFloor ? t('hint') : '');
	setText('send', t(isFloor ? 'askFloor' : 'send'));
	input.rows = isFloor ? 1 : 3;
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
	if (target === input || target === person) session.storage.set(target === input ? 'draft' : 'name', target.value);
	else setWay(spoken.checked);
	if (target !== person) typed();
	showProblem();
	draw();
};

const typed = () => proposals.type(isSpoken() ? '' : cleanText(input.value));

function setDraft(text) {
	input.value = text;
	session.storage.set('draft', text || undefined);
	typed();
}

composer.onsubmit = event => {
	event.preventDefault();
	if (!session || Date.now() - sentAt < SENT_FOR) return;
	if (whyClosed()) return announce(whyClosed());
	const question = checkQuestion(input.value, limitsNow());
	const name = checkName(person.value, session.limits);
	if (question.code) return showProblem(question, input);
	if (name.code) return showProblem(name, person);
	sentAt = Date.now();
	session.command('ask', { ...question, ...name, talk: session.view.event?.talk ?? undefined, spoken: isSpoken() || undefined });
	setWay(false);
	setDraft('');
	showProblem();
	announce(t('state_sending'));
	if (matchMedia('(pointer: coarse)').matches) document.activeElement.blur();
};

function drawMine() {
	const { mine, outbox } = session;
	const waiting = outbox.items.filter(({ frame }) => frame.do === 'ask' && !mine.has(frame.id));
	const dealtWith = session.storage.get('dealtWith') ?? [];
	const own = new Map([...mine, ...waiting.map(item => [item.frame.id, { ...item.frame, item }])]);
	for (const id of dealtWith) if (own.get(id)?.status === 'refused') own.delete(id);
	byID('mine').hidden = !own.size;
	keyed(byID('mine').lastElementChild, [...own.keys()].reverse(), makeMine, (row, id) => updateMine(row, own.get(id)));
}

const makeMine = id => el('li.card', { id }, el('span.spoken'), words('', 'text'),
	el('div.joined', {}, el('p.why'), words('', 'founder')),
	el('p.meta', {}, el('span.state'), el('span.backers'), el('span.number')), el('p.buttons'));

function updateMine(row, question) {
	const { id, status, fate = status, text, item, into, intoText, spoken: isFloor } = question;
	const isMerged = status === 'merged';
	const isOpen = item || ['pending', 'approved', (isMerged || isFloor) && 'live'].includes(fate);
	const number = numberOf(question);
	const labels = isFloor ? { withdraw: 'decline', yes: 'declineYes' } : {};
	const backers = isMerged ? t('supporters', session.view.cards.get(into)?.votes ?? question.votes) : '';
	const names = item?.rejected || status === 'refused' ? ['edit', 'discard'] : !isOpen || isWithdrawing(session, id) ? []
		: confirming === id ? ['yes', 'no'] : ['withdraw'];
	row.querySelector('.joined').hidden = !isMerged;
	setTexts(row, {
		spoken: isFloor ? t('spoken') : '', text: wordsOf(question), state: stateOf(session, question), backers, number, why: t('state_merged'), founder: intoText === '' ? t('erased') : intoText ?? '',
	});
	row.classList.toggle('live', fate === 'live');
	row.lastChild.dataset.ask = confirming === id ? t(isFloor ? 'declineSure' : 'sure') : '';
	keyed(row.lastChild, names, name => el('button', { onclick: () => actOnMine(name, id, text, isFloor) }),
		(button, name) => setText(button, t(labels[name] ?? name)));
	tell(`${id}/into`, isMerged, t('state_merged'));
	// The turn to speak has an alert of its own.
	tell(id, isFloor && ['near', 'ready', 'live'].includes(stageOf(question)) ? undefined : fate, t(isFloor ? 'yourRequest' : 'yourQuestion', number, stateOf(session, question)));
}

function actOnMine(name, id, text, isFloor) {
	const { outbox, storage, mine } = session;
	confirming = name === 'withdraw' ? id : undefined;
	if (name === 'yes' && !outbox.cancel(id)) session.command('withdraw', { question: id });
	if ((name === 'edit' || name === 'discard') && !outbox.cancel(id) && mine.get(id)?.status === 'refused') {
		storage.set('dealtWith', [...(storage.get('dealtWith') ?? []), id]);
	}
	if (name === 'edit') {
		setWay(isFloor);
		setDraft(text);
	}
	drawAll();
	if (name === 'edit') input.focus();
	else (byID(id)?.querySelector('button') ?? byID('mine')).focus();
}

function makeCard(id, act = support) {
	const isToggle = act === support;
	const more = isToggle ? [el('span.number'), words('', 'name')] : [];
	const meta = el('p.meta', {}, words('', 'venue'), el('span.askers'), ...more, el('span.state'));
	const button = el('button.support', { type: 'button', onclick: () => (session.needsCode ? codes.ask(session, () => act(id)) : act(id)) },
		el('span.label'), ' ', el('span.count'), el('span.which unseen'));
	const content = [el('span.spoken'), words('', 'text'), meta, button, el('p.problem')];
	return Object.assign(el(isToggle ? 'li.card' : 'li', {}, ...content), { content, button, isToggle });
}

const makeLive = id => Object.assign(makeCard(id), { isLive: true });

function drawCard(row, id) {
	const card = session.view.cards.get(id);
	if (card && row.classList.contains('gone')) row.replaceChildren(...row.content);
	if (row.classList.toggle('gone', !card)) {
		row.style.minHeight = `${row.offsetHeight}px`;
		return row.replaceChildren(t('gone'));
	}
	fill(row, card);
}

function fill(row, card) {
	const { view, votes, mine } = session;
	const { id, status, askers } = card;
	const { button, isToggle, isLive } = row;
	const isOwn = mine.has(id);
	const isJoined = joined.has(id);
	const isOn = votes.isOn(id);
	const number = numberOf(card);
	const count = isJoined ? card.votes : votes.count(card);
	button.hidden = isOwn || isJoined || status === 'answered' || (isOn && !isToggle);
	if (isToggle) button.setAttribute('aria-pressed', isOn);
	const states = [
		isOwn ? t('own') : isJoined ? t('ownToo') : button.hidden && isOn && t('supported'),
		status === 'live' && !isLive && t('onScreen'),
		status === 'answered' && !isToggle && t('dealtWith'),
		button.hidden && t('supporters', count), votes.isUnconfirmed(id) && t(isOn ? 'supportUnconfirmed' : 'unconfirmed')];
	const refused = votes.group(id).map(question => refusedVotes.get(question)).find(Boolean);
	setTexts(row, {
		spoken: card.spoken ? t('spoken') : '', text: wordsOf(card), venue: venueNames(view, card).join(', '), askers: askers > 1 ? t('askers', askers) : '', number, name: card.name,
		state: states.filter(Boolean).join(' · '), label: t('support'), count: String(count),
		which: ` ${number}`, problem: refused ? explain(refused) : '',
	});
}

function support(id, isSure) {
	const { votes, isReady } = session;
	if (!isSure && isReady && votes.isPending(id)) return;
	for (const vote of votes.toggle(id)) {
		refusedVotes.delete(vote.question);
		session.send(vote);
	}
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

const sortAgain = () => session && drawAll(order = []);

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

// What nobody needs at once comes behind the page.
import('../js/proposals.js').then(({ makeProposals }) => {
	// The page may be over already.
	if (!input.isConnected) return;
	proposals = makeProposals({ session: () => session, input, support, setDraft, makeCard, fill, draw, drawAll });
	if (session && document.activeElement === input) typed();
}, () => {});
import('../js/handover.js').then(module => draw(({ drawHandover } = module)), () => {});
addEventListener('hashchange', () => location.hash.startsWith('#device=') && location.reload());
withEvent(open);
