// A real OpenID Connect provider over TLS for the tests: node agency-server.mjs PORT KEY.pem CERT.pem REDIRECT_URI. Whoever is named by login_hint is signed in
// at once. A name that begins with "forged-" gets an ID token with that one thing forged: forged-nonce, -issuer, -audience, -key, -expired, -none.
import { createRequire } from 'node:module';
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
const require = createRequire(new URL('../../Portal/package.json', import.meta.url));
const load = name => import(require.resolve(name));
const { default: Provider } = await load('oidc-provider');
const { exportJWK, generateKeyPair, SignJWT, decodeJwt, UnsecuredJWT } = await load('jose');

const [port, keyFile, certFile, redirect] = process.argv.slice(2);
const issuer = `https://localhost:${port}`;
const own = await generateKeyPair('RS256', { extractable: true });
const other = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(own.privateKey)), kid: 'own', alg: 'RS256', use: 'sig' };

const provider = new Provider(issuer, {
  clients: [{ client_id: 'quantrac', client_secret: 'a secret of the tests', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_post' }],
  jwks: { keys: [jwk] },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['tests'] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `Người ${id}`, email: id.includes('@') ? id : `${id}@coquan.example.vn` }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});

async function forge(token, what) {
  const said = decodeJwt(token);
  if (what === 'nonce') said.nonce = 'another';
  if (what === 'issuer') said.iss = 'https://elsewhere.example.vn';
  if (what === 'audience') said.aud = 'another-client';
  if (what === 'expired') Object.assign(said, { iat: said.iat - 7200, exp: said.exp - 7200 - 3600 });
  if (what === 'none') return new UnsecuredJWT(said).encode();
  return new SignJWT(said).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(what === 'key' ? other.privateKey : own.privateKey);
}

provider.use(async (ctx, next) => {
  await next();
  if (ctx.oidc?.route === 'token' && ctx.body?.id_token) {
    const name = decodeJwt(ctx.body.id_token).sub;
    if (name.startsWith('forged-')) ctx.body = { ...ctx.body, id_token: await forge(ctx.body.id_token, name.slice(7)) };
  }
});

const answer = provider.callback();
createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, async (request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  const { params } = await provider.interactionDetails(request, response);
  await provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
