// Questions like a text, from the cards that the phone has. The hub knows better; this is for when it does not answer.

const SHOWN = 3;
const ENOUGH = 0.5;
const WORDS_SHARED = 2;
// A word that only begins like another counts for less.
const BEGINS = 0.75;

const said = 'le la les l un une des du de d au aux et ou a en dans sur pour par avec que qu quel quelle quels quelles qui '
	+ 'quoi est ce cet cette ces c il elle ils elles on nous vous je j me m se s y ne n son sa ses leur votre vos notre nos mon ma '
	+ 'mes sont etre avoir faut bonjour bonsoir merci svp plait monsieur madame '
	+ 'the an of to in on for at by with and or is are be do does did it its this that there i we you they my our your what '
	+ 'which will would could please hello hi thanks thank';
const passedOver = new Set(said.split(' '));

// The words of a text, in small letters without accents.
export const wordsOf = text => text.toLowerCase().replace(/œ/g, 'oe').normalize('NFD').replace(/\p{M}/gu, '')
	.match(/[\p{L}\p{N}]+/gu) ?? [];

const stem = word => (word.length > 4 ? word.replace(/(ements?|ments?|tions?|ees?|ent|ing|ed|er|ez|es|s|e)$/, '') : word);

const termsOf = text => [...new Set(wordsOf(text).filter(word => !passedOver.has(word)).map(stem))];

function nearness(left, right) {
	if (left === right) return 1;
	const [short, long] = left.length < right.length ? [left, right] : [right, left];
	return short.length > 3 && long.startsWith(short) ? BEGINS : 0;
}

// The cards that seem to ask the same as a text, at most three, best first.
export function alike(text, cards) {
	const typed = termsOf(text);
	const known = cards.map(card => ({ card, terms: termsOf(card.text) }));
	const spread = new Map();
	for (const { terms } of known) for (const term of terms) spread.set(term, (spread.get(term) ?? 0) + 1);
	// A word that few of the questions have says more.
	const weigh = term => Math.log(2 + known.length / (spread.get(term) ?? 1));
	const weight = terms => terms.reduce((sum, term) => sum + weigh(term), 0);
	const score = terms => {
		const shares = typed.map(term => Math.max(0, ...terms.map(other => nearness(term, other))));
		if (shares.filter(Boolean).length < WORDS_SHARED) return 0;
		const shared = typed.reduce((sum, term, index) => sum + weigh(term) * shares[index], 0);
		return (2 * shared) / (weight(typed) + weight(terms));
	};
	return known.map(({ card, terms }) => ({ card, score: score(terms) })).filter(({ score }) => score >= ENOUGH)
		.sort((left, right) => right.score - left.score || right.card.votes - left.card.votes || left.card.number - right.card.number)
		.slice(0, SHOWN).map(({ card }) => card);
}
