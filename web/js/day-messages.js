// The words of the map of the day, which no other page loads.

import messages from './messages.js';

Object.assign(messages, {
	organiser: ['Carte de la journée', 'Map of the day'],
	mapLabel: ['Carte des salles, avec les chiffres du tableau', 'Map of the rooms, with the figures of the table'],
	mapKey: [
		'Surface : questions reçues. Double cercle : relais. Croix : liaison coupée.', 'Area: questions received. Double circle: relay. Cross: line cut.',
	],
	figures: ['# question{s} · ', '# question{s} · '],
	online: ['# en ligne', '# online'],
	rooms: ['Salles', 'Rooms'],
	talks: ['Exposés et salles', 'Talks and rooms'],
	reasons: ['Motifs de non-retenue', 'Why not taken'],
	total: ['Total', 'Total'],
	lineHead: ['Liaison', 'Line'],
	line_direct: ['directe', 'direct'],
	line_up: ['par relais', 'by relay'],
	line_cut: ['coupée depuis #', 'cut off since #'],
	lag: ['par relais, # à transmettre', 'by relay, # to be sent'],
	lineNews: ['# : liaison #.', '#: line #.'],
	phones: ['Téléphones', 'Phones'],
	moderators: ['Modération', 'Moderators'],
	screens: ['Écrans', 'Screens'],
	elsewhere: ['Sans salle : modération #, écrans #.', 'Without a room: moderators #, screens #.'],
	col_received: ['Reçues', 'Received'],
	col_pending: ['En lecture', 'Being read'],
	col_shown: ['Publiées', 'Published'],
	col_answered: ['dont répondues', 'of these answered'],
	col_dismissed: ['Non retenues', 'Not taken'],
	col_merged: ['Réunies', 'Merged'],
	col_spoken: ['À l’oral', 'To be said'],
	col_turns: ['Tours', 'Turns'],
	reason_withdrawn: ['retirée par la personne', 'withdrawn by the asker'],
});
