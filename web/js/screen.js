import { announce, byID, el, onceAFrame, setText, words } from './dom.js';
import { offerLanguages, t } from './i18n.js';
import { common, takeToken, withEvent } from './identity.js';
import { Session } from './session.js';
import { venueNames } from './view.js';

// Attaches the page as `role`; `draw(session, event)` follows each change.
export function openScreen(role, draw, onAnswer) {
	const token = takeToken(role);
	withEvent(event => {
		let session;
		const onChange = onceAFrame(() => session && draw(session, event));
		offerLanguages(event.languages, onChange);
		document.title = `${t(role)} – ${event.title}`;
		setText('title', event.title);
		if (!token) return stop('noToken');
		const onEnd = code => {
			if (code === 4501 || code === 4502) common.set(`token/${role}`, undefined);
			stop(code >= 4501 && code <= 4503 ? 'badToken' : 'ended', code);
		};
		session = new Session({ event: event.id, role, token, onChange, onAnswer, onEnd });
		addEventListener('resize', onChange);
	});
}

function stop(key, code) {
	for (const part of document.querySelectorAll('main, footer')) part.hidden = true;
	byID('status').before(el('main.notice', {}, t(key, code)));
}

// What is said beside a question, the first things first: a row shows no more than has room in it.
export const details = (view, card, isRow) => [
	...(isRow ? [venueNames(view, card).join(', ')] : venueNames(view, card)).map(name => words(name, 'venue')),
	el('span.askers', {}, card.askers > 1 ? t('askers', card.askers) : ''),
	el('span', {}, t('supporters', card.votes)), el('span', {}, t('number', card.number)), words(card.name),
];

let fitted;

// Draws the live question as large as it fits; the size stays while text and window do.
export function drawLive(view, otherwise, largest) {
	const card = view.cards.get(view.live);
	const [box, text] = [byID('box'), byID('text')];
	setText(text, card?.text ?? otherwise);
	byID('meta').replaceChildren(...(card ? details(view, card) : []));
	const key = [card?.id, text.textContent, box.clientWidth, box.clientHeight].join();
	if (key === fitted) return;
	fitted = key;
	let [low, high] = [12, Math.floor(largest)];
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		text.style.fontSize = `${middle}px`;
		if (box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth) high = middle;
		else low = middle;
	}
	text.style.fontSize = `${low}px`;
	if (card) announce(t('liveNow', t('number', card.number), venueNames(view, card).join(', ')));
}
