/** A website with hostile styles: if the widget looks right here, it looks right on most pages. */

export const HOST_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A shop</title>
<style>
body { font: 18px/1.6 Georgia, serif; margin: 48px auto; max-width: 640px; padding: 0 20px; }
button, iframe, div > svg { all: unset; outline: 5px dotted red !important; transform: rotate(3deg); }
* { letter-spacing: 1px; }
</style>
</head>
<body>
<main>
<h1>A shop</h1>
<p>Lamps, chairs and other things that a room needs.</p>
<p><label>Search <input></label></p>
</main>
<script>window.tertulia = { q: [["on", "unread", (count) => { document.title = count ? "(" + count + ") A shop" : "A shop" }]] };</script>
<script src="/widget/loader.js" data-key="wk_demo" async></script>
</body>
</html>
`;
