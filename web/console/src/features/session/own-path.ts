/** Only a path of this console, so that a link cannot lead to a stranger's page after signing in. */
export function isOwnPath(path: string | undefined): path is string {
  return path !== undefined && /^\/(?![/\\])/.test(path);
}
