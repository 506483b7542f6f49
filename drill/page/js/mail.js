// Mails, newest first.

import { h } from './dom.js';
import { dayIfOther, hover } from './times.js';

export function mailList(mails, data, none) {
  return h('div', { class: 'scroll', 'data-key': 'mails', tabindex: '0', role: 'group', 'aria-label': 'Mails' },
    mails.length === 0 && h('p', { class: 'empty' }, none),
    [...mails].reverse().map((mail) => oneMail(mail, data)));
}

function oneMail(mail, data) {
  const at = Date.parse(mail.at) / 1000;
  return h('details', { class: 'mail', 'data-key': mail.message_id || mail.at + mail.subject },
    h('summary', null, h('b', null, mail.subject), h('span', null, `To ${mail.to.join(', ')} · `,
      h('time', { title: hover(at) }, dayIfOther(at, Date.parse(data.now) / 1000, data.me.me.time_zone)))),
    h('pre', null, mail.text));
}
