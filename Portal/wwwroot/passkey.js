// Passkeys: the challenge of the portal to the device, the device's answer to the portal.

const supported = () => Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.isSecureContext);

async function send(address, body) {
  const token = document.querySelector('input[name=__RequestVerificationToken]').value;
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', RequestVerificationToken: token },
      body: JSON.stringify(body),
    });
    if (answer.ok) return { content: await answer.json() };
    return { problem: answer.status === 422 ? (await answer.json()).problem : answer.status === 429 ? 'TooMany' : 'Failed' };
  } catch {
    return { problem: 'Failed' };
  }
}

/** Makes a passkey for whoever is signed in. Gives a problem's code, empty where it was made. */
export async function add(name, password) {
  if (!supported()) return 'Unsupported';
  const options = await send('/account/passkeys/options', { password });
  if (options.problem) return options.problem;
  let credential;
  try {
    credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.content) });
  } catch (fault) {
    return fault.name === 'SecurityError' ? 'Unsupported' : fault.name === 'InvalidStateError' ? 'Known' : 'Cancelled';
  }
  return (await send('/account/passkeys', { name, credential: JSON.stringify(credential.toJSON()) })).problem ?? '';
}

async function signIn(returnUrl) {
  const options = await send('/sign-in/passkey/options', {});
  if (options.problem) return options.problem;
  let credential;
  try {
    credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.content) });
  } catch (fault) {
    return fault.name === 'SecurityError' ? 'Unsupported' : 'Cancelled';
  }
  const answer = await send('/sign-in/passkey', { credential: JSON.stringify(credential.toJSON()), returnUrl });
  if (answer.problem) return answer.problem;
  location.assign(answer.content.address);
  return '';
}

// The door: the button is there where the browser can.
const door = document.getElementById('passkey');
if (door && supported()) {
  const said = document.getElementById('passkey-said');
  door.hidden = false;
  door.addEventListener('click', async () => {
    door.disabled = true;
    const problem = await signIn(door.dataset.returnUrl);
    door.disabled = false;
    said.hidden = !problem;
    if (problem) said.setAttribute('role', 'alert');
    if (problem) said.lastElementChild.textContent = said.dataset[problem.toLowerCase()] ?? said.dataset.failed;
  });
}
