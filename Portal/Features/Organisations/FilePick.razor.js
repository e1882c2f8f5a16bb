import { sendFile } from '../../send-file.js';

// Sends a file beside the circuit as soon as it is chosen, and tells the page its hash and name.
export function open(host, page, options) {
  const listening = new AbortController();
  const alert = host.querySelector('[role=alert]');
  const state = host.querySelector('.state');
  const input = host.querySelector('input[type=file]');

  // The text node is Blazor's: put another in its place, and what the page says later is not seen.
  const tell = text => { state.firstChild.data = text; };
  const say = text => { alert.textContent = text; alert.hidden = !text; };

  async function send() {
    const file = input.files[0];
    if (!file) return;
    say('');
    if (file.size > options.cap) return refuse(options.texts.tooLarge);
    const before = state.firstChild.data;
    input.disabled = true;
    tell(options.texts.sending);
    const answer = await sendFile(host, options.texts, listening.signal);
    input.disabled = false;
    if (listening.signal.aborted) return;
    if (typeof answer === 'string') return refuse(answer);
    await page.invokeMethodAsync('Kept', answer.sha256, answer.name);
    // The same file once more: the page has nothing new to say.
    if (state.firstChild.data === options.texts.sending) tell(before);
  }

  function refuse(text) {
    say(text);
    tell('');
    input.value = '';
    // The field says again that nothing is chosen.
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  input.addEventListener('change', send, { signal: listening.signal });
  // Chosen before anybody listened.
  if (input.files.length > 0) send();
  return { close: () => listening.abort() };
}
