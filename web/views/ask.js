// The phone: ask, follow one's questions, support the others'.

import { announce, byID, el, keyed, onceAFrame, setText, setWords, words } from '../js/dom.js';
import { explain, offerLanguages, t } from '../js/i18n.js';
import { common, withEvent } from '../js/identity.js';
import { Session } from '../js/session.js';
import { checkName, checkQuestion, cleanText, length } from '../js/text.js';
import { byNewest, byVotes, currentTalk, total, venueName } from '../js/view.js';

const TOUCHED_FOR = 1500;
const SENT_FOR = 700;

const [input, person, composer, list] = ['text', 'name', 'composer', 'list'].map(byID);
const draw = onceAFrame(() => session && keepPlace(drawAll));
let session;
/** The ids in the list as drawn, and as they should be. */
let order = [];
let wanted = [];
let touchedAt = 0;
let sentAt = 0;
/** The question whose withdrawal is to be confirmed. */
let confirming;
/** What was last announced: the live question, the number of new ones, the status of one's own. */
const told = { live: null, fresh: 0, mine: new Map() };
const refusedVotes = new Map();

function open(event) {
  const venue = new URLSearchParams(location.search).get('venue');
  const place = event.venues.find(({ id }) => id === venue);
  offerLanguages(event.languages, draw);
  setText(byID('title'), event.title);
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
  byID('main').replaceChildren(
    el('p', { className: 'notice' }, t(key, code), ' ', el('a', { href: '/' }, t('joinTitle'))));
  session = undefined;
}

function onChange(what) {
  if (what === 'lost') announce(t('offline'));
  if (what === 'back') announce(t('back'));
  draw();
}

function onAnswer(answer, frame, again) {
  if (answer.type === 'rejection') {
    if (frame.type === 'vote' && !again) refusedVotes.set(frame.question, answer);
    announce(explain(answer));
  } else if (frame.do === 'ask') {
    announce(t(session.view.event?.moderated ? 'sent_moderated' : 'sent_direct'));
  }
}

/** Draws without moving what is being read or written. */
function keepPlace(change) {
  const isSeen = node => node.offsetHeight && node.getBoundingClientRect().bottom > 0;
  const blocks = [byID('live'), composer, byID('mine'), ...list.children];
  const anchor = composer.contains(document.activeElement) ? composer : scrollY > 0 && blocks.find(isSeen);
  const before = anchor && anchor.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
}

function drawAll() {
  const { view, isLost } = session;
  const { event } = view;
  const talk = currentTalk(view);
  byID('offline').hidden = !isLost;
  setWords(byID('talk'), talk?.title);
  setWords(byID('who'), talk?.speaker);
  drawLive(view.cards.get(view.live));
  drawComposer();
  drawMine();
  drawList([...view.cards.values()]);
  const count = name => total(view, name);
  setText(byID('counts'), event ? t('counts', count) : '');
  setText(byID('order'), event ? t(`order_${event.order}`) : '');
}

function drawLive(live) {
  byID('live').hidden = !live;
  keyed(byID('live').lastElementChild, live ? [live.id] : [], makeCard, drawCard);
  if (live && told.live !== live.id) announce(`${t('onScreen')} : ${t('number', live.number)}. ${live.text}`);
  told.live = live?.id;
}

// The composer

function whyClosed() {
  const { event } = session.view;
  return event?.phase === 'closed' ? t('closed') : event?.intake === false ? t('paused') : '';
}

function drawComposer() {
  const size = length(cleanText(input.value));
  const limit = session.limits.text_maximum;
  setText(byID('counter'), `${size} / ${limit}`);
  byID('counter').classList.toggle('problem', size > limit);
  setText(byID('closed'), whyClosed());
  byID('send').setAttribute('aria-disabled', Boolean(whyClosed()));
}

function showProblem(problem, field) {
  setText(byID('message'), problem ? explain(problem) : '');
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

// One's own questions

function drawMine() {
  const { mine } = session.replica;
  const waiting = session.outbox.items.filter(({ frame }) => frame.do === 'ask' && !mine.has(frame.id));
  const own = new Map([...mine, ...waiting.map(item => [item.frame.id, { ...item.frame, item }])]);
  byID('mine').hidden = !own.size;
  keyed(byID('mine').lastElementChild, [...own.keys()].reverse(), makeMine, (row, id) => updateMine(row, own.get(id)));
  if (waiting.some(({ holdUntil }) => holdUntil > Date.now())) setTimeout(draw, 1000);
}

function makeMine(id) {
  const parts = { text: words('', 'text'), state: el('span', { className: 'state' }), number: el('span') };
  parts.buttons = el('p', { className: 'buttons' });
  const row = el('li', { id }, parts.text, el('p', { className: 'meta' }, parts.state, parts.number), parts.buttons);
  return Object.assign(row, { parts });
}

function updateMine({ parts, classList }, question) {
  const { id, status, number, text, item } = question;
  const state = stateOf(question);
  const isOpen = item || status === 'pending' || status === 'approved';
  const names = item?.rejected ? ['edit', 'discard'] : !isOpen || isWithdrawing(id) ? []
    : confirming === id ? ['yes', 'no'] : ['withdraw'];
  setWords(parts.text, text);
  setText(parts.state, state);
  setText(parts.number, number ? t('number', number) : '');
  classList.toggle('live', status === 'live');
  keyed(parts.buttons, names, name => el('button', { type: 'button', onclick: () => actOnMine(name, id, text) }),
    (button, name) => setText(button, t(name)));
  parts.buttons.dataset.ask = confirming === id ? t('sure') : '';
  const before = told.mine.get(id);
  if (status && before && before !== status) announce(t('yourQuestion', number ?? '', state));
  told.mine.set(id, status);
}

function isWithdrawing(id) {
  return session.outbox.items.some(({ frame }) => frame.do === 'withdraw' && frame.question === id);
}

function stateOf({ id, status, reason = 'other', item }) {
  const left = Math.ceil((item?.holdUntil - Date.now()) / 1000);
  if (item?.rejected) return t('state_refused', explain(item.rejected));
  if (isWithdrawing(id)) return t('state_withdrawing');
  if (left > 0) return t('state_cooling', left);
  if (item) return t(session.isLost ? 'state_waiting' : 'state_sending');
  return t(`state_${reason === 'withdrawn' ? reason : status}`, t(`reason_${reason}`));
}

function actOnMine(name, id, text) {
  confirming = name === 'withdraw' ? id : undefined;
  if (name === 'yes' && !session.outbox.cancel(id)) session.command('withdraw', { question: id });
  if (name === 'edit' || name === 'discard') session.outbox.cancel(id);
  if (name === 'edit') session.storage.set('draft', input.value = text);
  drawAll();
  if (name === 'edit') input.focus();
  else (byID(id)?.querySelector('button') ?? byID('mine')).focus();
}

// Everybody's questions

function makeCard(id) {
  const parts = { text: words('', 'text'), venue: words('', 'venue'), name: words() };
  for (const name of ['number', 'state', 'label', 'count', 'which']) parts[name] = el('span', { className: name });
  parts.problem = el('p', { className: 'problem' });
  parts.button = el('button', { type: 'button', className: 'support', onclick: () => support(id) },
    parts.label, ' ', parts.count, parts.which);
  const meta = el('p', { className: 'meta' }, parts.venue, parts.number, parts.name, parts.state);
  const content = [parts.text, meta, parts.button, parts.problem];
  return Object.assign(el('li', {}, ...content), { parts, content });
}

function drawCard(row, id) {
  const { view, votes, replica } = session;
  const { parts } = row;
  const card = view.cards.get(id);
  if (card && row.classList.contains('gone')) row.replaceChildren(...row.content);
  if (row.classList.toggle('gone', !card)) {
    row.style.minHeight = `${row.offsetHeight}px`;
    return row.replaceChildren(t('gone'));
  }
  const isOwn = replica.mine.has(id);
  const number = t('number', card.number);
  const states = [isOwn && t('own'), card.status === 'live' && row.parentNode === list && t('onScreen')];
  parts.button.hidden = isOwn || card.status === 'answered';
  if (parts.button.hidden) states.push(t('supporters', card.votes));
  setWords(parts.text, card.text);
  setWords(parts.venue, venueName(view, card.venue));
  setWords(parts.name, card.name);
  setText(parts.number, number);
  setText(parts.state, states.filter(Boolean).join(' · '));
  setText(parts.label, t('support'));
  setText(parts.count, String(votes.count(card)));
  setText(parts.which, ` ${number}`);
  setText(parts.problem, refusedVotes.has(id) ? explain(refusedVotes.get(id)) : '');
  parts.button.setAttribute('aria-pressed', votes.isOn(id));
}

function support(id) {
  if (session.outbox.isVoting(id) || session.votes.isSettling(id)) return;
  refusedVotes.delete(id);
  session.send(session.votes.toggle(id));
}

/** Whether the list may be put in order: its start is in sight and nobody is at it by finger or key. */
function mayMove() {
  return isAtTop() && Date.now() - touchedAt > TOUCHED_FOR && !list.querySelector(':focus-visible');
}

function isAtTop() {
  return list.getBoundingClientRect().top >= 0;
}

function drawList(cards) {
  const answered = cards.filter(card => card.status === 'answered').sort(byNewest).map(card => card.id);
  const by = byID('by_votes').checked ? byVotes : byNewest;
  wanted = cards.filter(card => card.status === 'approved').sort(by).map(card => card.id);
  if (!order.length || mayMove()) order = wanted;
  const fresh = isAtTop() ? 0 : wanted.filter(id => !order.includes(id)).length;
  byID('fresh').hidden = !fresh;
  setText(byID('fresh'), fresh ? t('fresh', fresh) : '');
  if (fresh && !told.fresh) announce(t('fresh', fresh));
  told.fresh = fresh;
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
  touchedAt = Date.now();
  setTimeout(draw, TOUCHED_FOR + 50);
};
addEventListener('scroll', () => {
  if (wanted !== order && mayMove()) draw();
}, { passive: true });
withEvent(open);
