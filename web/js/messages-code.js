// Words of the one-time code.

export default {
	voteCode: ['Code de vote', 'Voting code'],
	voteCodeHelp: [
		'Vos soutiens comptent avec le code qui vous a été remis. Un code vaut pour un appareil.',
		'Your support counts with the code that you were given. One code is for one device.',
	],
	voteCodeSend: ['Valider', 'Confirm'],
	voteCodeLater: ['Plus tard', 'Later'],
	voteCodeTaken: ['Code accepté : vos soutiens comptent.', 'Code accepted: your support counts.'],
	code_code_needed: ['Pour soutenir, entrez d’abord votre code de vote.', 'To support, enter your voting code first.'],
	code_code_unknown: [
		'Ce code n’existe pas : vérifiez-le, ou demandez-en un à l’organisateur.', 'There is no such code: check it, or ask the organiser for one.',
	],
	code_code_used: [
		'Ce code a déjà servi sur un autre appareil : demandez-en un autre à l’organisateur.',
		'This code was used on another device: ask the organiser for another.',
	],
};
