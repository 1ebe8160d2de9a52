// What is said of questions and venues in the same words on several pages.

import { byID, setText } from './dom.js';
import { t, timeOf } from './i18n.js';
import { venueName, venueNames } from './view.js';

// A relay's guess may get another number.
export const numberOf = ({ number, unconfirmed }) => (unconfirmed ? t('unconfirmed') : number ? t('number', number) : '');

export const wordsOf = ({ erased, text }) => (erased ? t('erased') : text);

export const cutOf = (view, id) => {
	const cut = view.event?.venues.find(venue => venue.id === id)?.cut;
	return cut ? t('cut', timeOf(cut)) : '';
};

// How the next question is chosen, in full or, for the wall, in a few words; a room alone takes no turns.
export function ruleOf({ event }, isShort) {
	if (!event) return '';
	const order = event.order === 'by_turns' && event.venues.length < 2 ? 'by_votes' : event.order;
	if (isShort) return t(order === 'by_turns' ? 'rule_short' : `rule_${order}`);
	return `${t(`rule_${order}`)} ${t('rule_pins')}`;
}

// "Granville 3, Agneaux 3, Cherbourg 2".
export function turnsOf(view) {
	const venues = view.turns.map(({ venue, turns }) => {
		const cut = cutOf(view, venue);
		return `${venueName(view, venue)} ${turns}${cut && ` (${cut})`}`;
	});
	return venues.length > 1 ? t('turns', venues.join(', ')) : '';
}

// Who has the floor.
export function floorOf(view, card) {
	const [venue] = venueNames(view, card);
	return card.name ? t('floorOf', `\u2068${card.name}\u2069`, venue) : t('floorIn', venue);
}

export function showRehearsal(event) {
	const isOne = event?.phase === 'rehearsal';
	byID('rehearsal').hidden = !isOne;
	setText('rehearsal', isOne ? t('rehearsal') : '');
}

// What there is to say of the line: nothing, as a rule.
export function lineOf({ line, isAway }, isShort) {
	if (isAway) return t(isShort ? 'connectedAway' : 'away');
	return line?.up === false ? t(isShort ? 'lineDown' : 'lineCut', timeOf(line.since)) : '';
}
