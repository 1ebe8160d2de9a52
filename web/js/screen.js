import { announce, byID, el, onceAFrame, setText, words } from './dom.js';
import { learn, offerLanguages, t } from './i18n.js';
import { common, takeToken, withEvent } from './identity.js';
import { Session } from './session.js';
import { venueNames } from './view.js';
import { floorOf, numberOf, showRehearsal, wordsOf } from './wording.js';

learn('screen');

// Attaches the page as `role`, by a token or where the browser shows an electronic certificate; `draw(session, event)` follows each change.
export function openScreen(role, draw, onAnswer) {
	const token = takeToken(role);
	withEvent(async event => {
		let session;
		const onChange = onceAFrame(() => {
			if (!session) return;
			showRehearsal(session.view.event);
			draw(session, event);
		});
		await offerLanguages(event.languages, onChange);
		document.title = `${t(role)} – ${event.title}`;
		setText('title', event.title);
		if (!token && !event.certificate) return stop('noToken');
		const onEnd = code => {
			if (code === 4501 || code === 4502) common.set(`token/${role}`, undefined);
			const isUnknown = (code >= 4501 && code <= 4503) || code === 4508;
			stop(isUnknown ? token ? 'badToken' : 'badCertificate' : 'ended', code);
		};
		session = new Session({ role, token: token ?? undefined, onChange, onAnswer, onEnd });
		addEventListener('resize', onChange);
	});
}

function stop(key, code) {
	for (const part of document.querySelectorAll('main, footer')) part.hidden = true;
	byID('status').before(el('main.notice', {}, t(key, code)));
}

// What is said beside a question, the first things first: a row shows no more than has room in it.
export function details(view, card, isRow) {
	const names = venueNames(view, card);
	const isFloor = card.spoken && isRow;
	const microphone = el(card.ready ? 'span.askers' : 'span', {}, t(card.ready ? 'micReady' : 'micAwaited'));
	return [
		el('span.pinned', {}, card.pinned && isRow ? t('pinned') : ''),
		el('span.spoken', {}, isFloor ? t('spoken') : ''),
		...(isRow ? [names.join(', ')] : names).map(name => words(name, 'venue')),
		isFloor ? words(card.name ?? t('somebody')) : '',
		card.spoken && byID('queue') ? microphone : '',
		el('span.askers', {}, card.askers > 1 ? t('askers', card.askers) : ''),
		...(isFloor ? [] : [el('span', {}, t('supporters', card.votes)), el('span', {}, numberOf(card))]),
		card.spoken ? '' : words(card.name),
	];
}

let fitted;

// Draws the live question as large as it fits; the size stays while text and window do.
export function drawLive(view, otherwise, largest) {
	const card = view.cards.get(view.live);
	const [box, text] = [byID('box'), byID('text')];
	const floor = card?.spoken ? floorOf(view, card) : '';
	setText('floor', floor);
	setText(text, card ? wordsOf(card) : otherwise);
	byID('meta').replaceChildren(...(card ? details(view, card) : []));
	const key = [card?.id, floor, text.textContent, box.clientWidth, box.clientHeight].join();
	if (key === fitted) return;
	fitted = key;
	let [low, high] = [12, Math.floor(largest)];
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		box.style.fontSize = `${middle}px`;
		if (box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth) high = middle;
		else low = middle;
	}
	box.style.fontSize = `${low}px`;
	if (card) announce(floor || t('liveNow', numberOf(card), venueNames(view, card).join(', ')));
}
