import { sendFile } from '../../send-file.js';

// Sends a file beside the circuit as soon as it is chosen, and tells the page its hash and name.
export function open(form, page, options) {
  const listening = new AbortController();
  const alert = form.querySelector('[role=alert]');
  const state = form.querySelector('.state');
  const input = form.elements.file;

  // The text node is Blazor's: put another in its place, and what the page says later is not seen.
  const tell = text => { state.firstChild.data = text; };
  const say = text => { alert.textContent = text; alert.hidden = !text; };

  async function send() {
    const file = input.files[0];
    if (!file) return;
    say('');
    if (file.size > options.cap) return refuse(options.texts.tooLarge);
    input.disabled = true;
    tell(options.texts.sending);
    const answer = await sendFile(form, options.texts, listening.signal);
    input.disabled = false;
    if (listening.signal.aborted) return;
    if (typeof answer === 'string') return refuse(answer);
    await page.invokeMethodAsync('Kept', answer.sha256, answer.name);
  }

  function refuse(text) {
    say(text);
    tell('');
    input.value = '';
  }

  input.addEventListener('change', send, { signal: listening.signal });
  form.addEventListener('submit', event => event.preventDefault(), { signal: listening.signal });
  // Chosen before anybody listened.
  if (input.files.length > 0) send();
  return { close: () => listening.abort() };
}
