// Words of the links to another device.

export default {
	handover: ['Continuer sur un autre appareil ou une autre adresse', 'Go on with another device or address'],
	handoverHelp: [
		'Ces liens sont à vous seul : qui les ouvre continue en votre nom, avec vos questions et vos soutiens. Ouvrez-les, ou copiez-les pour vous les envoyer.',
		'These links are yours alone: whoever opens them goes on in your name, with your questions and support. Open them, or copy them to send to yourself.',
	],
	here: ['Cette adresse', 'This address'],
	there: ['L’autre adresse', 'The other address'],
	copy: ['Copier', 'Copy'],
	copied: ['Lien copié.', 'Link copied.'],
};
