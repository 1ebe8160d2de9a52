export const defaultLimits = {
	text_minimum: 10, text_maximum: 200, words_minimum: 3, word_maximum: 30, name_maximum: 40,
};

const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Z}\p{Mn}\p{Me}\u2800]*$/u;

const mark = /\p{M}/u;
const format = /\p{Cf}/u;
const hidden = /[\u00ad\u180e\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e001f}\u{e0080}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu;
const rtl = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
// Beyond the alphabets of Europe, where joiners are part of the writing.
const joined = /[^\0-\u058f\u1c80-\u1c8f\u1d00-\u206f\u2126-\u212b\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\uff00-\uff65]/u;

// At most four marks on a letter, so that none paints over its neighbours.
function capped(text) {
	let marks = 0;
	return text.replace(/./gsu, sign => {
		if (mark.test(sign)) marks++;
		else if (!format.test(sign)) marks = 0;
		return marks > 4 ? '' : sign;
	});
}

// Joiners, flags' letters and marks of direction stay where they mean something.
function placed(text) {
	if (!/[\u200b-\u200f\u061c\u{e0020}-\u{e007f}]/u.test(text)) return text;
	const signs = [...text];
	let base = '', strong = '', last = '';
	return signs.filter((sign, index) => {
		const isTurn = /[\u200e\u200f\u061c]/.test(sign);
		const isKept = isTurn ? rtl.test(strong) || rtl.test(signs.slice(index).find(other => /\p{L}/u.test(other)) ?? '')
			: /[\u200b-\u200d]/.test(sign) ? last && !/[\u200b-\u200d]/.test(last) && joined.test(base)
				: !/[\u{e0020}-\u{e007f}]/u.test(sign) || /[\u{1f3f4}\u{e0020}-\u{e007f}]/u.test(last);
		if (!isKept) return false;
		last = sign === ' ' ? '' : sign;
		if (!mark.test(sign) && !format.test(sign)) base = last;
		if (/\p{L}/u.test(sign)) strong = sign;
		return true;
	}).join('');
}

// A text as the hub cleans it: docs/PROTOCOL.md §8.
export const cleanText = raw => capped(placed(raw.replace(/\p{Cs}/gu, '\ufffd').replace(hidden, '')
	.replace(/[\p{Cc}\p{White_Space}]+/gu, ' ').replace(/^ | $/g, '')).replace(/ +/g, ' ').replace(/^ | $/g, '').normalize('NFC'));

// Length as the hub counts it: Unicode scalar values.
export const length = text => [...text].length;

// The cleaned question as `{text}`, or the first rule it breaks as `{code, limit}`.
export function checkQuestion(raw, limits = defaultLimits) {
	const text = cleanText(raw);
	const words = text.split(' ');
	const fails = (code, limit, isBroken) => isBroken && { code, limit };
	if (!text) return { code: 'text_empty' };
	if (invisible.test(text)) return { code: 'text_invisible' };
	return fails('text_too_short', limits.text_minimum, length(text) < limits.text_minimum)
		|| fails('text_too_long', limits.text_maximum, length(text) > limits.text_maximum)
		|| fails('text_too_few_words', limits.words_minimum, words.length < limits.words_minimum)
		|| fails('word_too_long', limits.word_maximum, words.some(word => length(word) > limits.word_maximum))
		|| { text };
}

// The cleaned name as `{name}`, or the rule it breaks as `{code, limit}`.
export function checkName(raw, { name_maximum: limit } = defaultLimits) {
	const name = cleanText(raw);
	if (invisible.test(name)) return { name: undefined };
	return length(name) > limit ? { code: 'name_too_long', limit } : { name };
}

// French typography: "?" and the like do not begin a line.
export const typeset = text => text.replace(/ (?=[?!:;»])/g, '\u00a0').replace(/(«|n°) /g, '$1\u00a0');

// A text as drawn.
export const shownText = text => typeset(capped(text));
