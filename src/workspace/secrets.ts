/** By the last part of the path. Certificates go with the keys they often hold. */
const secretNames: readonly (readonly [RegExp, string])[] = [
  [/^\.env(?:rc~?|[._~-].*)?$/i, 'environment variables'],
  [/^.+\.env$/i, 'environment variables'],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/i, 'an SSH key'],
  [/\.(?:pem|key|p12|pfx|p8|jks|keystore|ppk|kdbx?|ovpn)$/i, 'a key or certificate'],
  [
    /^(?:[._]netrc|\.pypirc|\.git-credentials|\.htpasswd|\.pgpass|\.my\.cnf|\.s3cfg|\.boto|\.dockercfg|\.vault-token)$/i,
    'credentials',
  ],
  [/^(?:application_default_credentials|accessTokens|azureProfile|credentials\.tfrc)\.json$/i, 'cloud credentials'],
  [/^msal_token_cache\.|^(?:access_tokens|credentials)\.db$/i, 'cloud credentials'],
  [/^(?:\.terraformrc|terraform\.rc)$/i, 'cloud credentials'],
  [/^kubeconfig(?:\.ya?ml)?$|\.kubeconfig$/i, 'cluster credentials'],
  [/\.tfstate(?:\..*)?$|\.tfvars(?:\.json)?$/i, "Terraform's state or variables"],
];

/** By the last two parts of the path. */
const secretPaths: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)\.aws\/(?:credentials|config)$/i, 'cloud credentials'],
  [/(?:^|\/)\.(?:gem|cargo)\/credentials(?:\.toml)?$/i, 'registry credentials'],
  [/(?:^|\/)\.kube\/config$/i, 'cluster credentials'],
  [/(?:^|\/)\.docker\/config\.json$/i, 'registry credentials'],
  [/(?:^|\/)(?:gh\/hosts|glab-cli\/config)\.ya?ml$/i, 'credentials'],
];

const secretFolders: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)\.ssh$/i, 'SSH keys'],
  [/(?:^|\/)\.gnupg$/i, 'GPG keys'],
  [/(?:^|\/)\.config\/gcloud$/, 'cloud credentials'],
  [/(?:^|\/)\.password-store$/, 'passwords'],
];

const template = /(?:\.|^\.env[_-])(?:example|sample|template|dist|defaults?|tmpl|schema)(?:\.env)?$/i;

/** @returns what it is, for people, or `undefined`. */
export function secretFile(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = secretNames.find(([rule]) => rule.test(name)) ?? secretPaths.find(([rule]) => rule.test(path));
  return found === undefined || template.test(name) ? undefined : found[1];
}

export function secretFolder(path: string): string | undefined {
  return secretFolders.find(([rule]) => rule.test(path))?.[1];
}

/**
 * A key itself, raw or in strings, also in one that holds another or in several that are put together; not code that only
 * names the marker. Headers are bounded, and each but the last is a whole line: there is one way to read them, however they
 * were written.
 */
const privateKey =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]?|[\s"'+.,])+(?:[A-Za-z-]+: [^\n]{0,999}\n\s*){0,9}(?:[A-Za-z-]+: [^\n]{0,999}\s)?[A-Za-z0-9+/=]{40}/;
/** Settings that often hold no secret: path, what in it is one, and what that is. A reference to a variable is none. */
const secretSettings: readonly (readonly [RegExp, RegExp, string])[] = [
  [/(?:^|\/)\.(?:npmrc|yarnrc)$/, /^[^#;\n]*(?:_authToken|_auth|_password)\s*=\s*(?!\$\{)\S/m, 'registry credentials'],
  [
    /(?:^|\/)\.yarnrc\.ya?ml$/,
    /^[ \t]*["']?npmAuth(?:Token|Ident)["']?:[ \t]*["']?(?!\$\{)[^\s"'#]/m,
    'registry credentials',
  ],
  [
    /(?:^|\/)nuget\.config$/i,
    /<add\s+key\s*=\s*"(?:ClearText)?Password"\s+value\s*=\s*"(?!%)[^"\s]/i,
    'registry credentials',
  ],
  [/(?:^|\/)settings\.xml$/, /<password>\s*(?!\$\{)[^<\s]/, 'registry credentials'],
  [/(?:^|\/)(?:pip\.(?:conf|ini)|\.condarc)$/, /:\/\/[^\s/:@$]{1,99}:(?!\$)[^\s/@]{1,999}@/, 'registry credentials'],
  [
    /(?:^|\/)gradle\.properties$/,
    /^[ \t]*[\w.-]{0,99}(?:password|token|secret|apikey)[ \t]*[=:][ \t]*(?!\$)\S/im,
    'credentials',
  ],
];
const largestSettings = 64 * 1024;

const marker = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/g;
/** Room for headers, which are bounded, and for what a file with many markers may cost. */
const keyChars = 12_000;
const mostMarkers = 200;

/** @returns what a text that no name gave away holds, or `undefined`. */
export function secretText(path: string, text: string): string | undefined {
  const settings = text.length > largestSettings ? undefined : secretSettings.find(([file]) => file.test(path));
  if (settings?.[1].test(text)) return settings[2];
  if (!text.includes('PRIVATE KEY')) return undefined;
  let seen = 0;
  for (const { index } of text.matchAll(marker)) {
    if (++seen > mostMarkers) break;
    if (privateKey.test(text.slice(index, index + keyChars))) return 'a private key';
  }
  return undefined;
}
