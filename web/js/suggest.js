import { alike, wordsOf } from './alike.js';

export { alike };

const QUIET = 400;
const PATIENCE = 1500;
const WORDS = 3;

// When to look for questions like the text being typed. `ask(text)` resolves with cards, or with null where there is no
// hub; `search(text)` looks on the phone; `show(cards)` hears what was found.
export class Suggester {
	#text = '';
	// As one string: the words typed, those looked for last, those that the hub is asked about.
	#words = '';
	#looked = '';
	#asked;
	#isLate = false;
	#shown = 0;
	#refused;
	#timer;

	constructor(handlers) {
		Object.assign(this, handlers);
	}

	type(text) {
		clearTimeout(this.#timer);
		const words = wordsOf(text);
		this.#text = text;
		this.#words = words.join(' ');
		if (this.#isRefused(words)) return;
		this.#refused = undefined;
		if (words.length < WORDS) this.#show([], (this.#looked = ''));
		else if (this.#words !== this.#looked) this.#timer = setTimeout(() => this.#look(), QUIET);
	}

	// None of them is meant: nothing more until the text is quite another.
	refuse() {
		clearTimeout(this.#timer);
		this.#refused = wordsOf(this.#text);
		this.#show([], (this.#looked = ''));
	}

	#isRefused(words) {
		const same = words.filter(word => this.#refused?.includes(word)).length;
		return same > 0 && same * 2 >= Math.max(words.length, this.#refused.length);
	}

	#look() {
		this.#looked = this.#words;
		if (!this.#asked) this.#ask();
		else if (this.#isLate) this.#search();
	}

	// One text at a time; what is typed meanwhile is asked about afterwards.
	async #ask() {
		this.#asked = this.#words;
		const late = setTimeout(() => this.#search((this.#isLate = true)), PATIENCE);
		const cards = await this.ask(this.#text);
		clearTimeout(late);
		const [asked, isRead] = [this.#asked, this.#isLate && this.#shown];
		this.#asked = undefined;
		this.#isLate = false;
		if (!this.#isCurrent) return;
		if (asked !== this.#words) this.#ask();
		else if (!cards) this.#search();
		// What is being read stays.
		else if (!isRead) this.#show(cards);
	}

	get #isCurrent() {
		return this.#looked && this.#looked === this.#words;
	}

	#search() {
		if (this.#isCurrent) this.#show(this.search(this.#text));
	}

	#show(cards) {
		this.#shown = cards.length;
		this.show(cards);
	}
}
