// How the coach leads: to one thing at a time, wherever it is.

import { HOME } from './shell.js';

export class Leads {
  constructor(app) { Object.assign(this, { app, taken: '', shown: '' }); }

  // The coach leads the eye: to whatever carries the words that it names, for the one who is to act.
  led(label, whose) {
    const coach = this.app.data.play.coach;
    if (!this.mine) return false;
    if (whose && !coach.say.includes(whose)) return false;
    return [...coach.say.matchAll(/\*([^*]+)\*/g)].some(([, named]) => label === named || label.startsWith(`${named}:`));
  }

  // Whether it is the one who is played that acts next.
  get mine() {
    const { coach, running } = this.app.data.play;
    return Boolean(coach?.who) && coach.who === this.app.data.me?.me.handle && !running;
  }

  // Where many cards have the same button, the coach says words of the one that it means.
  meant(m) {
    const card = this.app.data.play.coach?.card;
    return !card || JSON.stringify(m.blocks || '').includes(card);
  }

  // A form covers the page: what lies behind it leads nobody.
  inFront(key) { return (key === 'modal') === Boolean(this.app.data.me?.views.length); }

  // What is only to be read is shut again, so that the next move can be made.
  out(opened) { return !opened.submit && this.mine; }

  // The words that the coach has for this form, until they are taken.
  get offers() {
    const { coach, run } = this.app.data.play;
    return Boolean(coach?.offer) && !coach.types && this.taken !== `${run} ${coach.n} ${coach.say}`;
  }

  // Whether the coach names this place, by its name or as the bridge, and another is open.
  to(id, name) {
    const { bridge, coach } = this.app.data.play, told = id === bridge && /\b(bridge|card)\b/i.test(coach?.say);
    return id !== this.app.channelId && this.inFront('left') && (this.led(name) || (told && this.mine));
  }

  away() {
    const channels = this.app.data.me?.channels || [];  // nobody is played at the picker
    const places = [...channels.map((one) => [this.app.placeName(one), one.id]), ['Bridgewatch (home)', HOME]];
    return places.some(([name, id]) => this.to(id, name));
  }

  // One thing leads: what is named last of all that is there; of the same what is pinned, else the newest; at home the first; nothing here while another place leads.
  once() {
    const all = [...document.querySelectorAll('.mid .led')], last = Math.max(...all.map((one) => this.rank(one))), found = all.filter((one) => this.rank(one) === last), pinned = found.filter((one) => one.closest('.pin-foot'));
    const kept = this.away() ? null : this.app.channelId === HOME ? found[0] : pinned.at(-1) || found.at(-1);
    for (const one of all) if (one !== kept) one.classList.remove('led');
  }

  // "What can I say?, then Send": what has been pressed leads no more once the next is there.
  rank(one) { return this.app.data.play.coach.say.lastIndexOf(`*${one.textContent.split(':')[0]}`); }

  // Where there is little height, the button of the next move may stand out of sight: it is brought in, once a move, and again where a form has grown.
  intoView() {
    const coach = this.app.data.play.coach, form = this.app.data.me?.views.at(-1)?.blocks.length, move = `${this.app.channelId} ${coach?.n} ${coach?.say} ${form}`;
    const led = document.querySelector('.modal-body .led') || document.querySelector('.mid .led');
    if (!led || this.shown === move) return;
    this.shown = move;
    led.scrollIntoView({ block: this.app.channelId === HOME ? 'center' : 'nearest' });
  }

  take() {
    const { coach, run } = this.app.data.play;
    this.taken = `${run} ${coach.n} ${coach.say}`;
  }
}
