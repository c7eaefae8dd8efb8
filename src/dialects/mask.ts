/** URLs, as far as people may read them. */

/** `url` without its password. Whatever stands before the last @ may be one: it need not be escaped to be a secret. */
export function masked(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/?#]*):.*@/i, "$1:***@")
    .replace(/([?&](?:ssl)?password=)[^&#]*/gi, "$1***");
}

/** `text` without the passwords of the URLs in it. */
export function maskedText(text: string): string {
  return text.replace(/[a-z][a-z0-9+.-]*:\/\/[^\s"']+/gi, masked);
}
