// Questions like the one being typed, and the one supported instead of it. Comes behind the page, which does without at first.

import { announce, byID, keyed, setText } from './dom.js';
import { t } from './i18n.js';
import { alike, Suggester } from './suggest.js';
import { length } from './text.js';

const HELD_FOR = 700;

// `page` has what the phone's page lends: `session()`, `input`, `support`, `setDraft`, `makeCard`, `fill`, `draw` and, at once, `drawAll`.
export function makeProposals({ session, input, support, setDraft, makeCard, fill, draw, drawAll }) {
	let found = [];
	// The one supported, with the text that was to be sent.
	let taken;
	const suggester = new Suggester({
		ask: text => (length(text) > session().limits.text_maximum ? null : session().suggest(text)),
		search: text => alike(text, [...session().view.cards.values()].filter(card => !card.spoken)),
		show(cards) {
			const ids = cards.map(({ id }) => id);
			if (cards.length && ids.join() !== found.map(({ id }) => id).join()) announce(t('found', cards.length));
			found = cards;
			draw();
		},
	});

	function supportInstead(id) {
		if (taken || session().votes.isOn(id)) return;
		const { value } = input;
		const card = found.find(card => card.id === id);
		support(id, true);
		setDraft('');
		taken = { card, text: value, at: Date.now() };
		announce(t('instead'));
		drawAll();
		byID('alike').focus();
	}

	byID('other').onclick = () => {
		// A second tap in a hurry was meant for a button that is gone.
		if (Date.now() - taken?.at < HELD_FOR) return;
		if (taken) {
			if (session().votes.isOn(taken.card.id)) support(taken.card.id, true);
			setDraft(taken.text);
		}
		suggester.refuse();
		drawAll();
		input.focus();
	};

	return {
		type(text) {
			taken = undefined;
			suggester.type(text);
		},
		draw() {
			const shown = new Map((taken ? [taken.card] : found).map(card => [card.id, session().view.cards.get(card.id) ?? card]));
			byID('alike').hidden = !shown.size;
			setText('alike-title', t(taken ? 'instead' : 'alike'));
			setText('other', t(taken ? 'takeBack' : 'notMine'));
			keyed(byID('alike').children[1], [...shown.keys()], id => makeCard(id, supportInstead), (row, id) => fill(row, shown.get(id)));
		},
	};
}
