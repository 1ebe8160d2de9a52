// Words of the one-time code, French.

export default {
	voteCode: 'Code de vote',
	voteCodeHelp: 'Vos soutiens comptent avec le code qui vous a été remis. Un code vaut pour un appareil.',
	voteCodeSend: 'Valider',
	voteCodeLater: 'Plus tard',
	voteCodeTaken: 'Code accepté : vos soutiens comptent.',
	code_code_needed: 'Pour soutenir, entrez d’abord votre code de vote.',
	code_code_unknown: 'Ce code n’existe pas : vérifiez-le, ou demandez-en un à l’organisateur.',
	code_code_used: 'Ce code a déjà servi sur un autre appareil : demandez-en un autre à l’organisateur.',
};
