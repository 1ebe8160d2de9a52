// Words of the one-time code, English.

export default {
	voteCode: 'Voting code',
	voteCodeHelp: 'Your support counts with the code that you were given. One code is for one device.',
	voteCodeSend: 'Confirm',
	voteCodeLater: 'Later',
	voteCodeTaken: 'Code accepted: your support counts.',
	code_code_needed: 'To support, enter your voting code first.',
	code_code_unknown: 'There is no such code: check it, or ask the organiser for one.',
	code_code_used: 'This code was used on another device: ask the organiser for another.',
};
