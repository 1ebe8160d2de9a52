// The wall: the live question as large as it fits, and how to join.

import { byID, el, keyed, setText, words } from '../js/dom.js';
import { t } from '../js/i18n.js';
import { drawLive, openScreen } from '../js/screen.js';
import { currentTalk, total } from '../js/view.js';

let wasReady;

openScreen('display', (session, event) => {
  const { view, isReady, ownVenue } = session;
  const talk = currentTalk(view);
  document.body.classList.toggle('idle', !view.live);
  byID('line').hidden = !session.isLost;
  byID('live').hidden = !view.live;
  byID('idle').hidden = Boolean(view.live);
  setText(byID('counts'), view.event ? t('received', total(view, 'received')) : '');
  byID('talk').replaceChildren(...(talk ? [words(talk.title), words(talk.speaker, 'muted')] : []));
  drawCodes(event.venues.filter(({ id }) => !ownVenue || id === ownVenue), isReady && !wasReady);
  wasReady = isReady;
  if (view.live) drawLive(view, '', innerHeight / 5);
});

function drawCodes(venues, cameBack) {
  const make = id => {
    const { name, join } = venues.find(venue => venue.id === id);
    const image = el('img', { src: `/qr/${id}.svg`, alt: join });
    return el('li', {}, image, words(name), el('small', {}, new URL(join).host));
  };
  keyed(byID('codes'), venues.map(({ id }) => id), make, ({ firstChild: image }) => {
    const { src, complete, naturalWidth } = image;
    if (cameBack && complete && !naturalWidth) image.src = src;
  });
}
