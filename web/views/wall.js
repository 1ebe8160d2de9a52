// The wall: the live question as large as it fits, and how to join.

import { byID, el, keyed, setText, words } from '../js/dom.js';
import { t } from '../js/i18n.js';
import { drawLive, openScreen } from '../js/screen.js';
import { currentTalk, total } from '../js/view.js';
import { cutOf, lineOf, ruleOf, turnsOf } from '../js/wording.js';

const TRY_AGAIN = 5000;

openScreen('display', (session, event) => {
	const { view, isLost, ownVenue } = session;
	const talk = currentTalk(view);
	const venues = event.venues.filter(({ id }) => !ownVenue || id === ownVenue);
	document.body.classList.toggle('idle', !view.live);
	setText('line', isLost ? t('lost') : lineOf(session, true));
	byID('live').hidden = !view.live;
	byID('idle').hidden = Boolean(view.live);
	setText('counts', view.event ? t('received', total(view, 'received')) : '');
	byID('talk').replaceChildren(...(talk ? [words(talk.title), words(talk.speaker, 'muted')] : []));
	setText('turns', turnsOf(view));
	setText('rule', ruleOf(view, true));
	keyed(byID('codes'), venues, makeCode, (row, { id }) => setText(row.querySelector('.cut'), cutOf(view, id)));
	if (view.live) drawLive(view, '', innerHeight / 5);
}, () => {});

function makeCode({ id, name, join }) {
	const src = `/qr/${id}.svg`;
	const onerror = ({ target }) => setTimeout(() => (target.src = src), TRY_AGAIN);
	return el('li', {}, el('img', { src, alt: join, onerror }), words(name), el('span.cut'), el('small', {}, new URL(join).host));
}
