import { backoff } from './backoff.js';

function safely(action) {
	try {
		return action() ?? null;
	} catch {
		return null;
	}
}

// Storage of JSON values under a prefix; in memory where the browser refuses to keep anything.
export function openStorage(prefix) {
	const memory = new Map();
	return {
		prefix,
		get: key => memory.get(key) ?? safely(() => JSON.parse(localStorage.getItem(prefix + key))),
		set(key, value) {
			memory.set(key, value);
			safely(() => {
				if (value === undefined) localStorage.removeItem(prefix + key);
				else localStorage.setItem(prefix + key, JSON.stringify(value));
				memory.delete(key);
			});
		},
		keys: () => Object.keys(safely(() => localStorage) ?? {})
			.filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)),
	};
}

export const common = openStorage('qa/');

// The token in the address, which is then hidden, or the one kept.
export function takeToken(role) {
	const token = location.hash.slice(1);
	if (token) common.set(`token/${role}`, token);
	history.replaceState(null, '', location.pathname);
	return common.get(`token/${role}`);
}

// A person's credential in the address, which is then cleaned.
export function takeDevice() {
	const [, device] = location.hash.match(/^#device=(.+)/) ?? [];
	if (device) history.replaceState(null, '', location.pathname + location.search);
	return device && decodeURIComponent(device);
}

// Becomes the person of a credential; false for somebody who has something of their own here.
export function become(storage, device) {
	const kept = storage.get('device');
	if (kept && kept !== device && storage.get('own')) return false;
	storage.set('device', device);
	return true;
}

// Calls `open` with the event's description, at once with that of the last visit.
export async function withEvent(open) {
	const kept = common.get('event');
	if (kept) open(kept);
	let event;
	while (!event?.venues) {
		if (event !== undefined) await new Promise(resolve => setTimeout(resolve, backoff(3)));
		event = await fetch('/event.json').then(answer => answer.json()).catch(() => null);
	}
	common.set('event', event);
	if (!kept) open(event);
	else if (JSON.stringify(kept) !== JSON.stringify(event)) location.reload();
}
