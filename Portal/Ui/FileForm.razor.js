import { sendFile } from '../send-file.js';

// Sends the form when it is submitted, and tells the page when the file is stored.
export function open(form, page, options) {
  const listening = new AbortController();
  const status = form.querySelector('[aria-live]');
  const alert = form.querySelector('[role=alert]');
  const send = form.querySelector('button[type=submit]');
  let busy = false;

  const say = text => { alert.textContent = text; alert.hidden = !text; };

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    const file = form.elements.file.files[0];
    if (!file || file.size === 0) return say(options.texts.missing);
    if (file.size > options.cap) return say(options.texts.tooLarge);
    say('');
    busy = send.disabled = true;
    status.textContent = options.texts.sending;
    const answer = await sendFile(form, options.texts, listening.signal);
    busy = send.disabled = false;
    status.textContent = '';
    if (listening.signal.aborted) return;
    if (typeof answer === 'string') return say(answer);
    form.reset();
    await page.invokeMethodAsync('Stored');
  }

  form.addEventListener('submit', submit, { signal: listening.signal });
  return { close: () => listening.abort() };
}
