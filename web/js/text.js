export const defaultLimits = {
	text_minimum: 10, text_maximum: 200, words_minimum: 3, word_maximum: 30, name_maximum: 40,
};

const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Z}\p{Mn}\p{Me}\u2800]*$/u;

// A text in one line, without control characters and direction overrides.
export const cleanText = raw => raw.replace(/\p{Cs}/gu, '\ufffd')
	.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
	.replace(/[\p{Cc}\p{White_Space}]+/gu, ' ')
	.replace(/^ | $/g, '');

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

// A text as drawn: at most four marks on a letter, so that none paints over its neighbours.
export const shownText = text => typeset(text.replace(/(\p{M}{4})\p{M}+/gu, '$1'));
