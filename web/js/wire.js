const required = {
	welcome: { epoch: 'string', head: 'number', resumed: 'boolean' },
	delta: { from: 'number', to: 'number', part: 'number', more: 'boolean' },
	mine: { whole: 'boolean' },
	ack: { sequence: 'number' },
	rejection: { code: 'string' },
	minted: { id: 'string', token: 'string' },
	tokens: { tokens: 'object' },
	day: { time: 'number', venues: 'object', elsewhere: 'object', totals: 'object' },
	suggestions: { r: 'number', cards: 'object' },
};

export function newID(randomBytes = crypto.getRandomValues(new Uint8Array(16))) {
	const base64 = btoa(String.fromCharCode(...randomBytes));
	return base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
}

export const encode = frame => JSON.stringify(frame);

// Reads a frame; null when it lacks what its type must have. Unknown types and fields pass.
export function decode(text) {
	try {
		const frame = JSON.parse(text);
		const fields = Object.entries(required[frame.type] ?? {});
		const isFrame = typeof frame.type === 'string' && fields.every(([name, type]) => typeof frame[name] === type);
		return isFrame ? frame : null;
	} catch {
		return null;
	}
}
